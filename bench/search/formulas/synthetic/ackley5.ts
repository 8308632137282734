import { cube, type Formula, vector } from '../formula.ts'

export const formula: Formula = {
  name: 'ackley5',
  definition: cube(5, -10, 20),
  best: 0,
  noises: [0, 0.1],
  value: (params) => {
    const x = vector(params)
    const squares = x.reduce((sum, v) => sum + v * v, 0) / x.length
    const waves = x.reduce((sum, v) => sum + Math.cos(2 * Math.PI * v), 0) / x.length
    return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves) + 20 + Math.E
  },
}
