import { choice, float, int } from '@rondo/core'
import type { Formula } from '../formula.ts'

/** Shaped like the tuning of a network: scales, a conditional, an interaction, rates at which training diverges. */
export const formula: Formula = {
  name: 'network',
  definition: {
    learningRate: float(1e-5, 1, { log: true }),
    units: int(8, 512, { log: true }),
    layers: int(1, 4),
    batchSize: choice([8, 16, 32, 64, 128]),
    optimizer: choice(['sgd', 'adam', 'rmsprop']),
    momentum: float(0, 0.99, { when: { optimizer: 'sgd' } }),
    dropout: float(0, 0.7),
    decay: float(1e-8, 1e-1, { log: true }),
  },
  best: 0.1,
  noises: [0, 0.1],
  value: (params) => {
    const sgd = params.optimizer === 'sgd'
    const rate = Math.log10(Number(params.learningRate)) - 0.5 * Math.log10(Number(params.batchSize) / 32)
    const away = rate - (sgd ? -1 : -2.6)
    if (away > 1.8) return Number.NaN
    const size = Math.log2(Number(params.units)) + Number(params.layers) - 9
    const overfit = Math.max(0, size + 1 - 4 * Number(params.dropout))
    const slow = away < 0 ? 0.25 * away * away : 0.5 * away * away
    const optimizer = sgd
      ? 0.12 + 0.3 * (Number(params.momentum) - 0.9) ** 2
      : params.optimizer === 'adam'
        ? 0
        : 0.03
    const decay = 0.004 * (Math.log10(Number(params.decay)) + 4) ** 2
    return 0.1 + slow + 0.02 * size * size + 0.05 * overfit + optimizer + decay
  },
}
