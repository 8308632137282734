import { cube, type Formula, vector } from '../formula.ts'

export const formula: Formula = {
  name: 'levy4',
  definition: cube(4, -10, 10),
  best: 0,
  noises: [0, 0.1],
  value: (params) => {
    const w = vector(params).map((v) => 1 + (v - 1) / 4)
    const last = w.at(-1)!
    const middle = w
      .slice(0, -1)
      .reduce((sum, v) => sum + (v - 1) ** 2 * (1 + 10 * Math.sin(Math.PI * v + 1) ** 2), 0)
    return Math.sin(Math.PI * w[0]!) ** 2 + middle + (last - 1) ** 2 * (1 + Math.sin(2 * Math.PI * last) ** 2)
  },
}
