import { type JsonObject, RondoError } from '@rondo/core'
import { likeliest, toProbabilities } from './metrics/score-classes.ts'
import { stepsOf } from './plan.ts'
import type { Preprocess } from './preprocess.ts'
import { preprocessFromJson } from './preprocess-json.ts'
import { buildFrame } from './series/build-frame.ts'
import { encodeSeries, windowStart } from './series/encode.ts'
import { type Frame, seriesOf } from './series/frame.ts'
import { nextTime } from './series/time-step.ts'
import { columnOf, fileOf } from './table/columns.ts'
import { growingInts } from './table/growing.ts'
import type { Table } from './table/table.ts'
import { decodeOutputs } from './targets.ts'
import { formatTime } from './text/times.ts'
import { baseRow } from './transform/target.ts'

/** One predicted row. */
export interface Prediction {
  /** The line of the last input row in its file. */
  readonly row: number
  /** The value of the id column, where there is one. */
  readonly id?: string
  /** The time of what is predicted, where there is a column of dates. */
  readonly time?: string
  /** Rows after the last input row; 0 where the target is of that row or of the whole sequence. */
  readonly step: number
  /** The targets in data units, by name; of a classification the likeliest class. */
  readonly values: { readonly [target: string]: number | string }
  /** Of a classification, by class. */
  readonly probabilities?: { readonly [name: string]: number }
}

/** New rows as a model takes them. */
export interface PredictionInput {
  /** `[rows, features]` */
  readonly series: Float32Array
  readonly features: number
  readonly window: number
  /** The first row in the series of each window. */
  readonly starts: Int32Array
  /** For each window the steps of its sequence, where they differ; the rows behind them are zeros. */
  readonly lengths?: Int32Array
  /** Raw outputs `[windows, outputs]` (probabilities, of classes) in the data's units: one prediction for each window and step. */
  decode(outputs: ArrayLike<number>): readonly Prediction[]
}

/**
 * Turns new rows into windows by a model's `preprocess.json` alone: the last one of each series, or each for which
 * there is enough history.
 * @throws RONDO_ARTIFACT_DAMAGED, RONDO_DATA_TOO_FEW_ROWS, RONDO_DATA_CATEGORY and other data errors.
 */
export function applyPreprocess(
  json: JsonObject,
  table: Table,
  which: 'last' | 'all' = 'last',
): PredictionInput {
  const preprocess = preprocessFromJson(json)
  const { plan, window } = preprocess
  const { frame } = buildFrame(table, plan, 'predicting')
  const lastInputs = windowEnds(frame, preprocess, which)
  if (lastInputs.length === 0) throw tooShort(table, frame, preprocess)
  const { series, features, places } = encodeSeries(frame, preprocess)
  const starts = lastInputs.map((row) => windowStart(frame, places, row, window))
  const lengths = lastInputs.map((row) => Math.min(window, row - frame.origins[row]! + 1))
  return {
    series,
    features,
    window,
    starts,
    ...(plan.sequences && lengths.some((length) => length < window) && { lengths }),
    decode: (outputs) => predictions(table, frame, preprocess, lastInputs, outputs),
  }
}

function windowEnds(frame: Frame, preprocess: Preprocess, which: 'last' | 'all'): Int32Array {
  const { plan, window } = preprocess
  const ends = growingInts()
  for (const { from, to } of seriesOf(frame)) {
    if (plan.sequences) {
      ends.push(to - 1)
      continue
    }
    const fitting: number[] = []
    const earliest = which === 'all' ? from + window - 1 : Math.max(from + window - 1, to - 1)
    for (let row = earliest; row < to; row++) if (hasBase(frame, preprocess, row, from)) fitting.push(row)
    for (const row of fitting) ends.push(row)
  }
  return ends.take()
}

/** Whether the rows that a difference is taken to are there. */
function hasBase(frame: Frame, { plan, lag }: Preprocess, lastInput: number, origin: number): boolean {
  if (lag === 0) return true
  for (let step = 1; step <= stepsOf(plan); step++) {
    const base = baseRow(lastInput, step, lag)
    if (base < origin) return false
    if (plan.targets.some((name) => Number.isNaN(frame.targets.get(name)?.[base] ?? Number.NaN))) return false
  }
  return true
}

function predictions(
  table: Table,
  frame: Frame,
  preprocess: Preprocess,
  lastInputs: Int32Array,
  outputs: ArrayLike<number>,
): readonly Prediction[] {
  const { plan } = preprocess
  const ids = plan.id === undefined ? undefined : columnOf(table, plan.id, 'id')
  const about = (lastInput: number, step: number) => {
    const source = frame.sources[lastInput]!
    let time = frame.times?.[lastInput]
    if (time !== undefined && plan.step !== undefined)
      for (let i = 0; i < step; i++) time = nextTime(time, plan.step)
    return {
      row: table.place(source).row ?? 0,
      ...(ids && {
        id: ids.kind === 'text' ? (ids.dictionary[ids.codes[source]!] ?? '') : String(ids.values[source]),
      }),
      ...(time !== undefined && !plan.sequences && { time: formatTime(time) }),
      step,
    }
  }
  const { classes } = plan
  if (classes !== undefined) {
    const probabilities = toProbabilities(outputs, classes.length)
    const chosen = likeliest(probabilities, classes.length)
    return Array.from(lastInputs, (row, i) => ({
      ...about(row, plan.horizon),
      values: { [plan.targets[0]!]: classes[chosen[i]!]! },
      probabilities: Object.fromEntries(
        classes.map((name, c) => [name, probabilities[i * classes.length + c]!]),
      ),
    }))
  }
  const decoded = decodeOutputs(frame, preprocess, lastInputs, outputs)
  const steps = stepsOf(plan)
  const values = (at: number) =>
    Object.fromEntries(plan.targets.map((name, i) => [name, decoded[at * plan.targets.length + i]!]))
  return Array.from(lastInputs).flatMap((row, i) =>
    Array.from({ length: steps }, (_, s) => ({
      ...about(row, plan.task === 'forecast' ? s + 1 : plan.horizon),
      values: values(i * steps + s),
    })),
  )
}

function tooShort(table: Table, frame: Frame, { window, lag, plan }: Preprocess): RondoError {
  const missing = lag === 0 ? [] : plan.targets.filter((name) => !frame.targets.has(name))
  if (missing.length > 0) columnOf(table, missing[0]!, 'target')
  return new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
    message: `${table.name} has ${frame.rows} rows, and the model looks at ${Math.max(window, lag)} to predict the next.`,
    value: frame.rows,
    place: fileOf(table),
    remedy: `Give at least ${Math.max(window, lag)} consecutive rows${lag === 0 ? '' : ' with their targets'}.`,
  })
}
