import { choice, float } from '@rondo/core'
import type { Formula } from '../formula.ts'

const actions = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
const modes = ['p', 'q', 'r', 's', 't', 'u']

/** Two long lists without an order that matter together, and reals whose best place depends on the choice. */
export const formula: Formula = {
  name: 'categories',
  definition: {
    action: choice(actions),
    mode: choice(modes),
    rate: float(1e-4, 1, { log: true }),
    mix: float(0, 1),
    decay: float(0.8, 0.999),
  },
  best: 0,
  noises: [0.05],
  value: (p) => {
    const action = actions.indexOf(String(p.action))
    const mode = modes.indexOf(String(p.mode))
    // 7 and 4 are best; the products are only a fixed scramble.
    const level =
      ((action * 7 + 1) % 10) / 10 + ((mode * 5 + 4) % 6) / 8 + (((action + 2 * mode) * 3) % 5) / 20
    const rate = Math.log10(Number(p.rate)) + 2 + 0.25 * ((action * 3) % 4)
    return (
      level +
      0.12 * rate * rate +
      0.6 * (Number(p.mix) - 0.3 - 0.08 * mode) ** 2 +
      6 * (Number(p.decay) - 0.95) ** 2
    )
  },
}
