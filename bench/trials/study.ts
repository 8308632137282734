import {
  checkpointBest,
  csv,
  defineConfig,
  holdout,
  lstm,
  minimize,
  random,
  type StudyConfig,
  tfjsTrainer,
} from 'rondo'

/** What the benchmark varies. */
export interface Variant {
  /** Params are drawn by it; the same ones whichever step trains them. */
  readonly seed: number
  readonly step: 'compiled' | 'tfjs'
  readonly epochs: number
}

/** One trial of US births, its params drawn from the space that the builder has for them. */
export const studyOf = ({ seed, step, epochs }: Variant): StudyConfig =>
  defineConfig({
    name: `trial-${seed}-${step}`,
    data: csv(new URL('../../examples/births/births.csv', import.meta.url), {
      target: 'births',
      calendar: true,
    }),
    model: lstm(),
    objective: minimize('val_mae'),
    search: random(),
    defaultTrial: false,
    splitter: holdout(),
    callbacks: [checkpointBest()],
    trainer: tfjsTrainer({ step }),
    trials: 1,
    epochs,
    seed,
  })
