import {
  checkpointBest,
  choice,
  csv,
  defineConfig,
  earlyStopping,
  float,
  int,
  lstm,
  maximize,
  random,
  stratified,
} from 'rondo'

/** Which digit was written? Thousands of short sequences, eight points of the pen each. */
export default defineConfig({
  name: 'digits',
  data: csv(new URL('pen-digits.csv', import.meta.url), {
    task: 'classify',
    id: 'drawing',
    target: 'digit',
  }),
  model: lstm(),
  space: {
    units: int(16, 96, { log: true }),
    layers: int(1, 2),
    dropout: float(0, 0.4),
    learningRate: float(1e-3, 3e-2, { log: true }),
    batchSize: choice([32, 64, 128]),
    scale: choice(['standard', 'minmax']),
  },
  objective: maximize('val_accuracy'),
  search: random(),
  splitter: stratified({ folds: 3 }),
  callbacks: [earlyStopping({ patience: 4 }), checkpointBest()],
  trials: 15,
  epochs: 20,
  seed: 1,
})
