// The study that workers rebuild: random trials, which are the same ones in whatever order they end.
import {
  checkpointBest,
  csv,
  defineConfig,
  fixed,
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
  readonly step: 'compiled' | 'tfjs'
}

export default ({ workers, trials, step }: Variant): StudyConfig =>
  defineConfig({
    name: `workers-${workers}`,
    data: csv(new URL('../../examples/births/births.csv', import.meta.url), {
      target: 'births',
      calendar: true,
    }),
    model: lstm(),
    space: {
      units: int(24, 48),
      window: fixed(28),
      targetTransform: fixed('difference-7'),
      batchSize: fixed(32),
      learningRate: fixed(1e-3),
    },
    objective: minimize('val_mae'),
    search: random(),
    defaultTrial: false,
    splitter: holdout(),
    callbacks: [checkpointBest()],
    trainer: tfjsTrainer({ step }),
    executor: processPool({ workers }),
    trials,
    epochs: 12,
    seed: 1,
  })
