import { float } from '@rondo/core'
import type { Formula } from '../formula.ts'

export const formula: Formula = {
  name: 'branin',
  definition: { x: float(-5, 10), y: float(0, 15) },
  best: 0.397887,
  noises: [0, 0.1],
  value: (params) => {
    const [x, y] = [Number(params.x), Number(params.y)]
    const valley = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6
    return valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10
  },
}
