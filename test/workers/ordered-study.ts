// The study that workers rebuild: LSTMs for the weather of Seattle, searched in order.
import type { JsonObject } from '@rondo/core'
import {
  bayes,
  checkpointBest,
  csv,
  defineConfig,
  float,
  grid,
  holdout,
  int,
  lstm,
  minimize,
  processPool,
  random,
  type StudyConfig,
  tfjsTrainer,
} from 'rondo'

const searches = { random, grid: () => grid({ levels: { units: 2, learningRate: 5 } }), bayes } as const

export default ({ search, workers }: JsonObject): StudyConfig =>
  defineConfig({
    name: `${search}-${workers}`,
    data: csv(new URL('../../examples/weather/seattle-weather.csv', import.meta.url), {
      target: 'temp_max',
      window: 7,
    }),
    model: lstm(),
    space: { units: int(2, 9), learningRate: float(1e-3, 1e-1, { log: true }) },
    objective: minimize('val_mae'),
    search: searches[search as keyof typeof searches](),
    splitter: holdout(),
    callbacks: [checkpointBest()],
    trainer: tfjsTrainer(),
    executor: processPool({ workers: Number(workers) }),
    trials: 7,
    epochs: 2,
    seed: 3,
    ordered: { lag: 1 },
  })
