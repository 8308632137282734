import {
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
  random,
} from 'rondo'

/** Tomorrow's highest temperature in Seattle, from today's rain, wind, temperatures and kind of weather. */
export default defineConfig({
  data: csv(new URL('seattle-weather.csv', import.meta.url), {
    target: 'temp_max',
    calendar: ['dayOfYear'],
  }),
  model: lstm(),
  space: {
    window: choice([7, 14, 28]),
    units: int(8, 64, { log: true }),
    dropout: float(0, 0.4),
    learningRate: float(1e-3, 3e-2, { log: true }),
    batchSize: choice([16, 32, 64]),
  },
  objective: minimize('val_mae'),
  search: random(),
  splitter: holdout({ validation: 0.2 }),
  callbacks: [earlyStopping({ patience: 5 }), checkpointBest()],
  trials: 20,
  epochs: 30,
  seed: 1,
})
