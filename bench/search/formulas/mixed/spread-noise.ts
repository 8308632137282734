import { float, int } from '@rondo/core'
import type { Formula } from '../formula.ts'

/** Noisier than what most decisions are about, with one direction that does not matter and one that saturates. */
export const formula: Formula = {
  name: 'spread-noise',
  definition: {
    a: float(1e-6, 1e-1, { log: true }),
    b: float(-3, 3),
    c: int(1, 16),
    d: float(0, 1),
    e: float(0, 1),
    f: float(0, 1),
  },
  best: 0,
  noises: [0.25],
  value: (p) => {
    const a = Math.log10(Number(p.a)) + 3.2
    const b = Number(p.b) - 0.6 * a - 0.5
    const saturated = Math.exp(-Number(p.c) / 3)
    return (
      1 -
      Math.exp(-0.3 * a * a - 0.4 * b * b) +
      saturated +
      0.4 * (Number(p.d) - 0.2) ** 2 +
      0.3 * Math.abs(Number(p.e) - 0.9)
    )
  },
}
