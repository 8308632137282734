// The study that workers rebuild: one of the methods on US births, a day ahead.
import {
  asha,
  bayes,
  checkpointBest,
  choice,
  csv,
  defineConfig,
  earlyStopping,
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

export const METHODS = ['article', 'random', 'bayes', 'bayes-asha'] as const
export type Method = (typeof METHODS)[number]

/** What the benchmark varies. */
interface Variant {
  readonly method: Method
  readonly workers: number
  readonly seed: number
}

const births = new URL('../../examples/births/births.csv', import.meta.url)

/** Births are among the data that has taught the builder's prior mean: with it the benchmark would know its answer. */
const withoutPriorMean = { priorMean: false } as const

/** The search of the article as written, on births as its author would take them: 28 days of the series itself. */
const asWritten: StudyConfig = {
  data: csv(births, { target: 'births', window: 28 }),
  model: lstm({ layers: 1, learningRate: 1e-3 }),
  space: {
    units: int(32, 512),
    batchSize: int(16, 64),
    epochs: int(10, 100),
    optimizer: choice(['adam', 'rmsprop']),
    dropout: float(0.1, 0.5),
  },
  search: bayes({ ...withoutPriorMean, acquisition: 'ucb', kappa: 2, alpha: 1e-3, initialPoints: 5 }),
  callbacks: [checkpointBest()],
  defaultTrial: false,
  trials: 15,
}

/** The default space, as in `examples/births`. The work ends it, not the number of trials. */
const ours: StudyConfig = {
  data: csv(births, { target: 'births', calendar: true }),
  model: lstm(),
  callbacks: [earlyStopping({ patience: 8 }), checkpointBest()],
  epochs: 40,
  trials: 1000,
}

const byMethod: Readonly<Record<Method, StudyConfig>> = {
  article: asWritten,
  random: { ...ours, search: random() },
  bayes: { ...ours, search: bayes({ ...withoutPriorMean, initialPoints: 6 }) },
  'bayes-asha': { ...ours, search: bayes({ ...withoutPriorMean, initialPoints: 6 }), scheduler: asha() },
}

export default ({ method, workers, seed }: Variant): StudyConfig =>
  defineConfig({
    ...byMethod[method],
    name: `births-${method}`,
    objective: minimize('val_mae'),
    splitter: holdout(),
    trainer: tfjsTrainer(),
    executor: processPool({ workers }),
    seed,
  })
