/** The config of a study that needs no data: a function of two numbers, smallest at x = 1, y = 0. */
export const FUNCTION_CONFIG = `
import { defineConfig, float, functionTrainer, int, minimize } from '@rondo/core'
import { random } from '@rondo/search-random'

export default defineConfig({
  space: { x: float(-5, 5), y: int(0, 10) },
  objective: minimize('value'),
  trainer: functionTrainer(({ x, y }) => (Number(x) - 1) ** 2 + Number(y)),
  search: random(),
  trials: 6,
  seed: 1,
})
`

/** The same, slow enough to be interrupted: every epoch takes a twentieth of a second. */
export const SLOW_CONFIG = `
import { setTimeout } from 'node:timers/promises'
import { defineConfig, float, functionTrainer, minimize } from '@rondo/core'
import { random } from '@rondo/search-random'

export default defineConfig({
  space: { x: float(-5, 5) },
  objective: minimize('value'),
  trainer: functionTrainer(async ({ x }, trial) => {
    for (let epoch = 0; epoch < trial.epochs && !trial.signal.aborted; epoch++) {
      await setTimeout(50)
      trial.report((Number(x) - 1) ** 2 - epoch)
    }
    return 0
  }),
  search: random(),
  trials: 8,
  epochs: 4,
  seed: 1,
})
`
