// The study that workers rebuild: trials of the article's space on US births, as written.
import {
  checkpointBest,
  choice,
  csv,
  defineConfig,
  float,
  holdout,
  int,
  lstm,
  minimize,
  processPool,
  random,
  type StudyConfig,
  tfjsTrainer,
} from 'rondo'

/** What the benchmark varies. */
interface Variant {
  readonly workers: number
  readonly trials: number
  readonly epochs: number
}

/** The window that the forecasts look back. */
export const WINDOW = 28

export default ({ workers, trials, epochs }: Variant): StudyConfig =>
  defineConfig({
    name: 'article-on-births',
    data: csv(new URL('../../examples/births/births.csv', import.meta.url), {
      target: 'births',
      window: WINDOW,
    }),
    model: lstm({ layers: 1 }),
    space: {
      units: int(32, 512),
      batchSize: int(16, 64),
      optimizer: choice(['adam', 'rmsprop']),
      dropout: float(0.1, 0.5),
    },
    objective: minimize('val_mae'),
    search: random(),
    defaultTrial: false,
    splitter: holdout({ validation: 0.2 }),
    callbacks: [checkpointBest()],
    trainer: tfjsTrainer(),
    executor: processPool({ workers }),
    trials,
    epochs,
    seed: 1,
  })
