import { choice, csv, holdout, int, lstm, maximize, minimize, type StudyConfig, spaceFor } from 'rondo'

/** Data that curves are trained on, with all of a study that bears on a curve. */
export interface Series extends Pick<StudyConfig, 'data' | 'space' | 'splitter' | 'objective'> {
  readonly name: string
  /** Of a full training. */
  readonly epochs: number
}

const example = (path: string): URL => new URL(`../../examples/${path}`, import.meta.url)
const splitter = holdout()

/** Models that are small enough that hundreds can be trained. */
const small = { units: int(16, 64, { log: true, default: 64 }) }
/** The wide space, for models of that kind. */
const wide = { ...lstm.space, units: int(8, 64, { log: true }) }

/**
 * Forecasts in the space that the builder has for their data, some with smaller models and windows of their own: births
 * follow the week, temperatures the value before, wind is mostly noise, and carbon dioxide has a trend. Classifications
 * in the wide space: digits as images, as strokes of a pen, and hours with rain, which are rare. To add one, add it here.
 */
export const SERIES: readonly Series[] = [
  {
    name: 'births',
    data: csv(example('births/births.csv'), { target: 'births', calendar: true }),
    objective: minimize('val_mae'),
    splitter,
    epochs: 40,
  },
  {
    name: 'weather',
    data: csv(example('weather/seattle-weather.csv'), { target: 'temp_max', calendar: ['dayOfYear'] }),
    objective: minimize('val_mae'),
    splitter,
    epochs: 40,
  },
  {
    name: 'wind',
    data: csv(example('weather/seattle-weather.csv'), { target: 'wind', calendar: ['dayOfYear'] }),
    objective: minimize('val_mae'),
    splitter,
    epochs: 40,
  },
  {
    name: 'co2',
    data: csv(example('co2/mauna-loa.csv'), { target: 'co2', calendar: ['dayOfYear'], missing: 'ffill' }),
    objective: minimize('val_mae'),
    space: (data) => ({ ...spaceFor(data), ...small, window: choice([26, 52], { default: 52 }) }),
    splitter,
    epochs: 40,
  },
  {
    name: 'temperature',
    data: csv(example('rain/jfk-weather.csv'), {
      target: 'temperature',
      calendar: ['hour', 'dayOfYear'],
      missing: 'ffill',
      gaps: 'keep',
    }),
    objective: minimize('val_mae'),
    space: (data) => ({ ...spaceFor(data), ...small, window: choice([12, 24], { default: 24 }) }),
    splitter,
    epochs: 20,
  },
  {
    name: 'digits',
    data: csv(example('article/digits.csv'), { task: 'classify', id: 'image', target: 'digit' }),
    objective: maximize('val_accuracy'),
    space: wide,
    splitter,
    epochs: 30,
  },
  {
    name: 'pen-digits',
    data: csv(example('digits/pen-digits.csv'), { task: 'classify', id: 'drawing', target: 'digit' }),
    objective: maximize('val_accuracy'),
    space: wide,
    splitter,
    epochs: 30,
  },
  {
    name: 'rain',
    data: csv(example('rain/jfk-weather.csv'), {
      target: 'rain',
      calendar: ['hour', 'dayOfYear'],
      missing: 'ffill',
      gaps: 'keep',
      classWeights: 'balanced',
    }),
    objective: maximize('val_averagePrecision'),
    space: { ...wide, window: choice([12, 24]) },
    splitter,
    epochs: 30,
  },
]
