import { z } from 'zod'
import { SEPARATORS } from './text/separator.ts'

export const CALENDAR_PARTS = ['hour', 'weekday', 'dayOfYear', 'month'] as const
/** A part of the calendar that becomes inputs. */
export type CalendarPart = (typeof CALENDAR_PARTS)[number]

export const SCALES = ['standard', 'minmax', 'robust', 'log1p', 'none'] as const
/** How number columns are scaled, by statistics of the fold's train rows. */
export type Scale = (typeof SCALES)[number]

/** `level`, `difference` (to the last known row), `difference-<season in rows>`, or `window`. */
export const TARGET_TRANSFORM = /^(level|window|difference(-[1-9]\d*)?)$/

export const THRESHOLDS = ['mcc', 'f1', 'balancedAccuracy', 'accuracy'] as const
/** What the decision threshold of two classes makes largest on the validation rows. */
export type ThresholdMetric = (typeof THRESHOLDS)[number]

const name = z.string().min(1)
const names = z.array(name).min(1)
const share = z.number().gt(0).lt(1)
const ascending = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]!)

/** What {@link csv} takes besides the files, checked at composition. */
export const csvOptions = z.strictObject({
  files: z.array(z.string().min(1)).min(1),
  target: z.union([name, names]),
  task: z.enum(['forecast', 'classify', 'regress']).optional(),
  horizon: z.int().min(0).max(100_000).optional(),
  strategy: z.enum(['direct', 'recursive']).optional(),
  window: z.int().min(1).max(100_000).optional(),
  features: z
    .union([names, z.record(name, names).refine((sets) => Object.keys(sets).length > 0, 'must name a set')])
    .optional(),
  known: names.optional(),
  lags: z.array(z.int().min(1).max(100_000)).min(1).refine(ascending, 'must ascend').optional(),
  time: z.string().min(1).optional(),
  id: z.string().min(1).optional(),
  calendar: z.union([z.boolean(), z.array(z.enum(CALENDAR_PARTS)).min(1)]).optional(),
  missing: z.enum(['error', 'ffill', 'mean', 'drop']).optional(),
  gaps: z.enum(['error', 'keep']).optional(),
  scale: z.enum(SCALES).optional(),
  targetTransform: z
    .union([
      z.string().regex(TARGET_TRANSFORM, 'must be level, difference, difference-<season> or window'),
      z.strictObject({ season: z.int().min(1) }),
    ])
    .optional(),
  seasons: z.array(z.int().min(1)).optional(),
  test: z
    .number()
    .positive()
    .refine((size) => size < 1 || Number.isInteger(size), 'must be a share below 1 or a whole number of rows')
    .optional(),
  testBy: z.enum(['time', 'id']).optional(),
  scaleBy: z.enum(['all', 'series']).optional(),
  classWeights: z.enum(['none', 'balanced']).optional(),
  positive: name.optional(),
  threshold: z.union([z.enum(THRESHOLDS), share]).optional(),
  quantiles: z.array(share).min(1).refine(ascending, 'must ascend').optional(),
  intervals: z.array(share).refine(ascending, 'must ascend').optional(),
  separator: z.enum(SEPARATORS).optional(),
  decimal: z.enum(['.', ',']).optional(),
})

type Parsed = Omit<z.output<typeof csvOptions>, 'files'>

/** Options of {@link csv}. */
export interface CsvOptions {
  /** The column or columns to predict. */
  readonly target: string | readonly string[]
  /** What is learned; inferred from the target where absent (and said in the description). */
  readonly task?: 'forecast' | 'classify' | 'regress'
  /**
   * Rows ahead. Default 1. A forecast predicts all steps up to it; classes and numbers of `classify` and `regress` are
   * those of that one row, and 0 means the last row of the window itself. Where these have neither a column of times nor
   * an id, and nothing said here makes a series of the rows, each row is taken by itself.
   */
  readonly horizon?: number
  /**
   * How a forecast reaches its horizon: all steps at once (`direct`, the default), or one row ahead, each prediction
   * being the input of the next (`recursive`). A recursive model is trained and ranked one row ahead, and every input
   * is a target, known ahead, or of the calendar.
   */
  readonly strategy?: 'direct' | 'recursive'
  /** Rows of input, where the space has no `window`. Default: four of the shortest season, or the longest sequence. */
  readonly window?: number
  /**
   * Input columns. Default: every column of numbers or categories besides time and id, the target included where it is
   * past. Or several sets by name, of which the hyperparameter `features` chooses one; the first is the default.
   */
  readonly features?: readonly string[] | { readonly [set: string]: readonly string[] }
  /**
   * Input columns whose values are known ahead, such as a planned promotion: a window holds them up to the row to
   * predict. A file to predict from has `horizon` rows more in which only these (and the time) are filled in.
   */
  readonly known?: readonly string[]
  /**
   * Past values of the targets as further inputs: each input row tells the target so many rows before the row after
   * it. The hyperparameter `lags` chooses among them: `all`, `none`, or some, as in `7+364`.
   */
  readonly lags?: readonly number[]
  /** The column of times. Default: the first that holds dates, if any. */
  readonly time?: string
  /** The column that tells several series, or (`classify`, `regress`) independent sequences, apart. */
  readonly id?: string
  /** Inputs that say which hour, weekday, day of the year or month the row after each input row is. Default false. */
  readonly calendar?: boolean | readonly CalendarPart[]
  /** What to do with missing values: an error (default), the last value before, the mean of all before, or drop the row. */
  readonly missing?: 'error' | 'ffill' | 'mean' | 'drop'
  /** Whether a time step that is left out is an error (default), or rows count as consecutive however far apart. */
  readonly gaps?: 'error' | 'keep'
  /** How numbers are scaled, where the space has no `scale`. Default `standard`. */
  readonly scale?: Scale
  /** What is predicted of a number, where the space has no `targetTransform`: its `level` (default), its `difference` or `difference-7`, to the last known row or to that of the season, or `window`: its distance from the mean of its window, in the window's standard deviations. */
  readonly targetTransform?: string | { readonly season: number }
  /** Seasonal periods in rows. Default: by the time step, 7 and 364 for days. */
  readonly seasons?: readonly number[]
  /** The sealed test part: a share below 1, or a number of rows (of sequences). Default .15, at least two seasons and the horizon. */
  readonly test?: number
  /** Of a forecast of several series: their last rows are the test rows (`time`, the default), or whole series are (`id`). */
  readonly testBy?: 'time' | 'id'
  /** Of a forecast of several series: scaled together (`all`, the default) or each by its own train rows (`series`). */
  readonly scaleBy?: 'all' | 'series'
  /** `balanced` weighs the loss of each class by the inverse of its share of the train rows. Metrics are never weighted. */
  readonly classWeights?: 'none' | 'balanced'
  /** Of two classes the positive one. Default: one that less than a tenth of the rows have, else the second in alphabetical order. */
  readonly positive?: string
  /** From which probability on the positive class is predicted: a number, or what it makes largest on the validation rows (default `mcc`). */
  readonly threshold?: ThresholdMetric | number
  /** Shares below which the target is to lie, each an output, as in [.1, .5, .9]; for a model that is trained by the pinball loss. */
  readonly quantiles?: readonly number[]
  /** Shares of the values that the intervals of predictions are to hold. Default [.8, .95]. */
  readonly intervals?: readonly number[]
  /** Default: the one that is most frequent in the header. */
  readonly separator?: ',' | ';' | '\t' | '|'
  /** Default: a comma where fields need it. */
  readonly decimal?: '.' | ','
}

/** The options with every default that does not depend on the data. */
export interface ResolvedOptions
  extends Omit<Parsed, 'target' | 'targetTransform' | 'threshold' | 'intervals'> {
  readonly target: readonly string[]
  readonly missing: 'error' | 'ffill' | 'mean' | 'drop'
  readonly gaps: 'error' | 'keep'
  readonly test: number
  readonly testBy: 'time' | 'id'
  readonly scaleBy: 'all' | 'series'
  readonly classWeights: 'none' | 'balanced'
  readonly threshold: ThresholdMetric | number
  readonly intervals: readonly number[]
  readonly targetTransform: string | undefined
}

/** Fills in what does not depend on the data. */
export function resolveOptions(parsed: Parsed): ResolvedOptions {
  const { target, targetTransform, ...rest } = parsed
  return {
    ...rest,
    target: typeof target === 'string' ? [target] : target,
    missing: parsed.missing ?? 'error',
    gaps: parsed.gaps ?? 'error',
    test: parsed.test ?? 0.15,
    testBy: parsed.testBy ?? 'time',
    scaleBy: parsed.scaleBy ?? 'all',
    classWeights: parsed.classWeights ?? 'none',
    threshold: parsed.threshold ?? 'mcc',
    intervals: parsed.intervals ?? [0.8, 0.95],
    targetTransform:
      typeof targetTransform === 'object' ? `difference-${targetTransform.season}` : targetTransform,
  }
}
