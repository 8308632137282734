import { cube, type Formula, vector } from '../formula.ts'

const weights = [1, 1.2, 3, 3.2]
const scales = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
]
const centres = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
]
export const formula: Formula = {
  name: 'hartmann6',
  definition: cube(6, 0, 1),
  best: -3.32237,
  noises: [0, 0.1],
  value: (params) => {
    const x = vector(params)
    return -weights.reduce((sum, weight, i) => {
      const distance = x.reduce((d, v, j) => d + scales[i]![j]! * (v - centres[i]![j]! * 1e-4) ** 2, 0)
      return sum + weight * Math.exp(-distance)
    }, 0)
  },
}
