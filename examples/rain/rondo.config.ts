import {
  bayes,
  checkpointBest,
  choice,
  csv,
  defineConfig,
  earlyStopping,
  int,
  lstm,
  maximize,
  walkForward,
} from 'rondo'

/**
 * Will it rain in the next hour? It does in 7 of 100, so that always saying no would be right in 93: trials are ranked
 * by average precision, and the class weights make a missed hour of rain as dear as fourteen false alarms.
 */
export default defineConfig({
  name: 'rain',
  data: csv(new URL('jfk-weather.csv', import.meta.url), {
    target: 'rain',
    calendar: ['hour', 'dayOfYear'],
    missing: 'ffill',
    gaps: 'keep',
    classWeights: 'balanced',
  }),
  model: lstm(),
  space: { ...lstm.space, window: choice([12, 24, 48]), units: int(8, 64, { log: true }) },
  objective: maximize('val_averagePrecision'),
  search: bayes(),
  splitter: walkForward({ folds: 2 }),
  callbacks: [earlyStopping({ patience: 4 }), checkpointBest()],
  trials: 15,
  epochs: 15,
  seed: 1,
})
