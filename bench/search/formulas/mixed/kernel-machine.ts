import { choice, float, int } from '@rondo/core'
import type { Formula } from '../formula.ts'

/** Shaped like a support vector machine: a curved valley in two scales, and parameters that only some kernels have. */
export const formula: Formula = {
  name: 'kernel-machine',
  definition: {
    kernel: choice(['linear', 'rbf', 'poly']),
    cost: float(1e-4, 1e4, { log: true }),
    gamma: float(1e-6, 10, { log: true, when: { kernel: 'rbf' } }),
    degree: int(2, 6, { when: { kernel: 'poly' } }),
    offset: float(-2, 2, { when: { kernel: 'poly' } }),
    tolerance: float(1e-6, 1e-1, { log: true }),
  },
  best: 0.08,
  noises: [0.05],
  value: (p) => {
    const cost = Math.log10(Number(p.cost))
    const tolerance = 0.01 * Math.max(0, Math.log10(Number(p.tolerance)) + 3) ** 2
    if (p.kernel === 'linear') return 0.16 + 0.08 * (1 - Math.exp(-0.1 * (cost - 0.5) ** 2)) + tolerance
    if (p.kernel === 'poly') {
      const shape = 0.03 * (Number(p.degree) - 3) ** 2 + 0.02 * (Number(p.offset) - 1) ** 2
      return 0.12 + shape + 0.1 * (1 - Math.exp(-0.08 * (cost + 1) ** 2)) + tolerance
    }
    const gamma = Math.log10(Number(p.gamma))
    const along = cost + 0.9 * gamma + 0.8
    const across = gamma + 2.4
    return 0.08 + 0.3 * (1 - Math.exp(-0.25 * along ** 2 - 0.06 * across ** 2)) + tolerance
  },
}
