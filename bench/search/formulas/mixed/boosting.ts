import { choice, float, int } from '@rondo/core'
import type { Formula } from '../formula.ts'

/** Shaped like boosted trees: many slow trees equal few fast ones, and too deep ones overfit unless they are restrained. */
export const formula: Formula = {
  name: 'boosting',
  definition: {
    learningRate: float(1e-3, 1, { log: true }),
    trees: int(20, 2000, { log: true }),
    depth: int(1, 12),
    leaf: int(1, 200, { log: true }),
    rows: float(0.2, 1),
    columns: float(0.2, 1),
    growth: choice(['level', 'leaf', 'symmetric']),
  },
  best: 0.05,
  noises: [0.05],
  value: (p) => {
    const work = Math.log10(Number(p.learningRate) * Number(p.trees)) - 1.3
    const fit = work < 0 ? 0.5 * work * work : 0.12 * work * work
    const capacity = Number(p.depth) - (p.growth === 'leaf' ? 5 : 6.5) - 0.8 * Math.log10(Number(p.leaf))
    const tree = capacity < 0 ? 0.012 * capacity * capacity : 0.006 * capacity * capacity
    const fast = 0.08 * Math.max(0, Math.log10(Number(p.learningRate)) + 1)
    const rows = 0.15 * (Number(p.rows) - 0.75) ** 2
    const columns = 0.1 * (Number(p.columns) - 0.5) ** 2
    const growth = p.growth === 'symmetric' ? 0.02 : 0
    return 0.05 + fit + tree + fast + rows + columns + growth
  },
}
