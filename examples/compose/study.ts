import { checkpointBest } from '@rondo/callbacks'
import { defineConfig, minimize } from '@rondo/core'
import { csv } from '@rondo/dataset'
import { processPool } from '@rondo/executor-process'
import { random } from '@rondo/search-random'
import { tfjsTrainer } from '@rondo/trainer-tfjs'
import { generalisationLoss } from './generalisation-loss.ts'
import { patches } from './patches.ts'
import { recentInFull } from './recent-in-full.ts'

/** Tomorrow's highest temperature in Seattle, by a model, a splitter and a callback of our own. Workers import it, too. */
export default defineConfig({
  name: 'compose',
  data: csv(new URL('../weather/seattle-weather.csv', import.meta.url), {
    target: 'temp_max',
    calendar: ['dayOfYear'],
    targetTransform: 'difference',
  }),
  model: patches(),
  objective: minimize('val_mae'),
  search: random(),
  splitter: recentInFull(),
  callbacks: [checkpointBest(), generalisationLoss({ percent: 5 })],
  trainer: tfjsTrainer(),
  executor: processPool({ workers: 2 }),
  trials: 12,
  epochs: 30,
  seed: 1,
})
