import { bayes, checkpointBest, csv, defineConfig, earlyStopping, lstm, minimize, walkForward } from 'rondo'

/**
 * Tomorrow's highest temperature in Seattle, from today's rain, wind, temperatures and kind of weather. Four years are
 * few rows: with one validation part the luckiest of twenty trials would win, with three the better one does.
 */
export default defineConfig({
  name: 'weather',
  data: csv(new URL('seattle-weather.csv', import.meta.url), {
    target: 'temp_max',
    calendar: ['dayOfYear'],
  }),
  model: lstm(),
  objective: minimize('val_mae'),
  search: bayes(),
  splitter: walkForward({ folds: 3 }),
  callbacks: [earlyStopping({ patience: 6 }), checkpointBest()],
  trials: 30,
  epochs: 40,
  seed: 1,
})
