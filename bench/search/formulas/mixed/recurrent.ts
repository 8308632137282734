import { boolean, choice, float, int } from '@rondo/core'
import type { Formula } from '../formula.ts'

/**
 * Shaped like a recurrent network: about a third of the configurations diverge or run out of memory, others do no
 * better than a constant; a second layer brings parameters of its own.
 */
export const formula: Formula = {
  name: 'recurrent',
  definition: {
    learningRate: float(1e-5, 1, { log: true }),
    units: int(8, 1024, { log: true }),
    layers: int(1, 3),
    upperUnits: int(8, 512, { log: true, when: { layers: { min: 2 } } }),
    dropout: float(0, 0.8),
    window: int(4, 96),
    batchSize: choice([16, 32, 64, 128, 256]),
    clip: boolean(),
    scaling: choice(['standard', 'minmax', 'none', 'robust']),
  },
  best: 0.18,
  noises: [0.05],
  value: (p) => {
    const rate = Math.log10(Number(p.learningRate)) - 0.5 * Math.log10(Number(p.batchSize) / 32)
    const units = Math.log2(Number(p.units))
    const upper = p.upperUnits === undefined ? 0 : Math.log2(Number(p.upperUnits))
    if (rate > (p.clip === true ? -0.6 : -1.2) - 0.15 * (units - 6)) return Number.NaN
    if (2 * units + Number(p.layers) + Math.log2(Number(p.window) * Number(p.batchSize)) > 32)
      return Number.NaN
    const learnt = 1 / (1 + Math.exp(-3 * (rate + 4.2)))
    const away = Math.abs(rate + 2.5)
    const size = units - 6.5 + 0.5 * (Number(p.layers) - 1)
    const overfit = Math.max(0, size + 0.5 - 5 * Number(p.dropout))
    const starved = Math.max(0, 3 * Number(p.dropout) - 1.2 - 0.3 * size)
    const seen = Number(p.window) < 24 ? 0.1 * (1 - Number(p.window) / 24) : 0.0006 * (Number(p.window) - 24)
    const scaling = { standard: 0, robust: 0.01, minmax: 0.04, none: 0.2 }[String(p.scaling)]!
    const stacked = p.upperUnits === undefined ? 0.03 : 0.004 * (upper - 5) ** 2
    const error =
      0.18 + 0.06 * away + 0.008 * size * size + 0.04 * overfit + 0.06 * starved + seen + scaling + stacked
    return Math.min(1, 1 + (error - 1) * learnt)
  },
}
