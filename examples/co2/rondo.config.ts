import {
  bayes,
  checkpointBest,
  choice,
  csv,
  defineConfig,
  earlyStopping,
  lstm,
  minimize,
  spaceFor,
  walkForward,
} from 'rondo'

/**
 * Next week's carbon dioxide in the air: it rises with the years and breathes with the seasons. Levels like those of the
 * validation rows were never trained on, so that the untuned model learns the difference to the week before. Half a year
 * and a year are windows enough, as the calendar is known.
 */
export default defineConfig({
  name: 'co2',
  data: csv(new URL('mauna-loa.csv', import.meta.url), {
    target: 'co2',
    calendar: ['dayOfYear'],
    missing: 'ffill',
  }),
  model: lstm(),
  space: (data) => ({ ...spaceFor(data), window: choice([26, 52], { default: 52 }) }),
  objective: minimize('val_mae'),
  search: bayes(),
  splitter: walkForward({ folds: 3 }),
  callbacks: [earlyStopping({ patience: 6 }), checkpointBest()],
  trials: 20,
  epochs: 40,
  seed: 1,
})
