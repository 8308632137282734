import { cube, type Formula, vector } from '../formula.ts'

const centre = [0.21, 0.83, 0.37, 0.64, 0.5]

/** Piecewise constant in two dimensions, with a cliff across the others: nothing that a smooth model expects. */
export const formula: Formula = {
  name: 'terraces',
  definition: cube(5, 0, 1),
  best: 0,
  noises: [0.02],
  value: (params) => {
    const away = vector(params).map((v, i) => Math.abs(v - centre[i]!))
    const steps = Math.floor(12 * away[0]!) / 12 + Math.floor(8 * away[1]!) / 8
    const slope = 1.2 * away[2]! + away[3]! ** 2 + 0.5 * away[4]!
    const cliff = vector(params)[2]! + vector(params)[3]! > 1.25 ? 0.8 : 0
    return steps + slope + cliff
  },
}
