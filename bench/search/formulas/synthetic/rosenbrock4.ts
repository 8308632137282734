import { cube, type Formula, vector } from '../formula.ts'

export const formula: Formula = {
  name: 'rosenbrock4',
  definition: cube(4, -2, 2),
  best: 0,
  noises: [0, 0.1],
  value: (params) => {
    const x = vector(params)
    return x.slice(1).reduce((sum, v, i) => sum + 100 * (v - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2, 0)
  },
}
