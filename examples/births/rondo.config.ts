import {
  asha,
  bayes,
  checkpointBest,
  csv,
  defineConfig,
  earlyStopping,
  lstm,
  minimize,
  walkForward,
} from 'rondo'

/** Births in the United States, one day ahead. */
export default defineConfig({
  data: csv(new URL('births.csv', import.meta.url), { target: 'births', calendar: true }),
  model: lstm(),
  objective: minimize('val_mae'),
  search: bayes(),
  scheduler: asha(),
  splitter: walkForward({ folds: 3 }),
  callbacks: [earlyStopping({ patience: 5 }), checkpointBest()],
  trials: 15,
  seed: 1,
})
