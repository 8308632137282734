import { bayes, checkpointBest, csv, defineConfig, earlyStopping, holdout, lstm, minimize } from 'rondo'

/** Births in the United States, one day ahead. */
export default defineConfig({
  name: 'births',
  data: csv(new URL('births.csv', import.meta.url), { target: 'births', calendar: true }),
  model: lstm(),
  objective: minimize('val_mae'),
  search: bayes(),
  splitter: holdout(),
  callbacks: [earlyStopping({ patience: 8 }), checkpointBest()],
  trials: 15,
  epochs: 40,
  seed: 1,
})
