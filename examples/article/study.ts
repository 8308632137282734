import { checkpointBest, choice, csv, float, holdout, int, lstm, maximize, type StudyConfig } from 'rondo'

/** What the three searches have in common: which digit was written? An image is read row by row. */
export const study: StudyConfig = {
  data: csv(new URL('digits.csv', import.meta.url), {
    task: 'classify',
    id: 'image',
    target: 'digit',
  }),
  model: lstm({ layers: 1 }),
  space: {
    units: int(32, 512),
    batchSize: int(16, 64),
    epochs: int(10, 100),
    optimizer: choice(['adam', 'rmsprop']),
    dropout: float(0.1, 0.5),
  },
  objective: maximize('val_accuracy'),
  splitter: holdout({ validation: 0.2 }),
  // The weights of each trial's best epoch are what is saved; every trial trains for all of its epochs.
  callbacks: [checkpointBest()],
  trials: 15,
  // The search begins by itself, without the untuned default.
  defaultTrial: false,
  seed: 1,
}
