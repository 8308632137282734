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

/** A study with curves of several epochs, whose scheduler pauses most trials early. */
export const CURVES_CONFIG = `
import { asha, boolean, defineConfig, float, functionTrainer, int, minimize, random } from 'rondo'

export default defineConfig({
  name: 'curves',
  space: { x: float(-5, 5), y: int(0, 10), on: boolean() },
  objective: minimize('value'),
  scheduler: asha({ firstRung: 3 }),
  trainer: functionTrainer(({ x, y }, trial) => {
    let value = 0
    for (let epoch = 1; epoch <= trial.epochs; epoch++) {
      value = (Number(x) - 1) ** 2 + Number(y) + 10 / epoch
      trial.report(value)
    }
    return value
  }),
  search: random(),
  trials: 24,
  epochs: 9,
  seed: 1,
})
`
