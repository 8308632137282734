import { count, type JsonObject, RondoError } from '@rondo/core'
import { decide, toProbabilities } from './metrics/score-classes.ts'
import { knowsAhead, levelsOf, lookBack, stepsOf } from './plan.ts'
import type { Preprocess } from './preprocess.ts'
import { preprocessFromJson } from './preprocess-json.ts'
import { buildFrame } from './series/build-frame.ts'
import { encodeSeries, windowStart } from './series/encode.ts'
import { type Frame, seriesOf, takeRows } from './series/frame.ts'
import { takeAsRecorded, withFutureRows } from './series/roll.ts'
import { nextTime } from './series/time-step.ts'
import { columnOf, fileOf } from './table/columns.ts'
import { growingInts } from './table/growing.ts'
import type { Table } from './table/table.ts'
import { decodeOutputs, middleOf, referenceOf } from './targets.ts'
import { formatTime } from './text/times.ts'
import { baseRow, lagOf } from './transform/target.ts'

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
  /** The targets in data units, by name (of quantiles the one nearest to the median); of a classification the class that is decided for. */
  readonly values: { readonly [target: string]: number | string }
  /** Of a classification, by class. */
  readonly probabilities?: { readonly [name: string]: number }
  /** Of each target its quantiles by their share, where the model gives some. */
  readonly quantiles?: { readonly [target: string]: { readonly [share: string]: number } }
  /** Of each target the bounds between which so much of the values lie, by the residuals on the validation rows. */
  readonly intervals?: { readonly [target: string]: readonly Interval[] }
}

/** Bounds about a prediction, in data units. */
export interface Interval {
  /** The share of the values that lie between the bounds. */
  readonly coverage: number
  readonly lower: number
  readonly upper: number
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
  /** Of a recursive forecast: the windows for the step after, given the raw outputs for this one; absent at the last. */
  next?(outputs: ArrayLike<number>): PredictionInput
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
  const { plan } = preprocess
  const { frame } = buildFrame(table, plan, 'predicting')
  if (plan.rollout === undefined || plan.rollout === 1) return inputOf(table, frame, preprocess, which)
  if (which === 'all') {
    throw new RondoError('RONDO_OPTION_INVALID', {
      message: 'A recursive model predicts from the last window of each series, not from all.',
      value: which,
      remedy: 'Predict the last rows, or train with the direct strategy.',
    })
  }
  if (knowsAhead(plan) && !hasFuture(frame, plan.rollout)) throw tooShort(table, frame, preprocess)
  return rolled(table, withFutureRows(frame, plan, plan.rollout), preprocess, [], 1)
}

/** Windows of a frame, to be decoded once. @throws RONDO_DATA_TOO_FEW_ROWS */
function inputOf(
  table: Table,
  frame: Frame,
  preprocess: Preprocess,
  which: 'last' | 'all',
): PredictionInput & { readonly ends: Int32Array } {
  const { plan, window } = preprocess
  // Without the rows to predict it would go on from an earlier row, and predict what has long been recorded.
  const lacksFuture = which === 'last' && knowsAhead(plan) && !hasFuture(frame, plan.horizon)
  const ends = lacksFuture ? new Int32Array() : windowEnds(frame, preprocess, which)
  if (ends.length === 0) throw tooShort(table, frame, preprocess)
  const { series, features, places } = encodeSeries(frame, preprocess)
  const lengths = ends.map((row) => Math.min(window, row - frame.origins[row]! + 1))
  return {
    ends,
    series,
    features,
    window,
    starts: ends.map((row) => windowStart(frame, places, row, window)),
    ...(plan.sequences && lengths.some((length) => length < window) && { lengths }),
    decode: (outputs) => predictions(table, frame, preprocess, ends, outputs),
  }
}

/** The windows for one step of a recursive forecast, after the rows that the steps before have predicted. */
function rolled(
  table: Table,
  frame: Frame,
  preprocess: Preprocess,
  firstRows: readonly number[],
  step: number,
): PredictionInput {
  const { ends, ...input } = inputOf(table, frame, preprocess, 'last')
  const decode = (outputs: ArrayLike<number>): readonly Prediction[] =>
    input.decode(outputs).map(({ intervals, quantiles, ...prediction }, i) => ({
      ...prediction,
      row: firstRows[i] ?? prediction.row,
      step,
      // Residuals were of one row ahead, and so is what quantiles were learned from.
      ...(step === 1 && { ...(intervals && { intervals }), ...(quantiles && { quantiles }) }),
    }))
  return {
    ...input,
    decode,
    ...(step < preprocess.plan.rollout! && {
      next: (outputs) => {
        const predicted = decode(outputs)
        const longer = takeRows(
          frame,
          Int32Array.from({ length: frame.rows }, (_, row) => row),
        )
        predicted.forEach(({ values }, i) => {
          takeAsRecorded(longer, ends[i]! + 1, values)
        })
        return rolled(
          table,
          longer,
          preprocess,
          predicted.map(({ row }) => row),
          step + 1,
        )
      },
    }),
  }
}

/** Whether every series ends with so many rows to predict. */
const hasFuture = (frame: Frame, count: number): boolean =>
  [...seriesOf(frame)].every(({ from, to }) => to - count >= from && frame.future?.[to - count] === 1)

function windowEnds(frame: Frame, preprocess: Preprocess, which: 'last' | 'all'): Int32Array {
  const { plan, window } = preprocess
  const ends = growingInts()
  const ahead = knowsAhead(plan) ? plan.horizon : 0
  for (const { from, to } of seriesOf(frame)) {
    if (plan.sequences) {
      ends.push(to - 1)
      continue
    }
    // Rows to predict have no inputs of their own, and every window needs what is known ahead of it.
    let last = to - 1
    while (last >= from && frame.future?.[last] === 1) last--
    last = Math.min(last, to - 1 - ahead)
    const first = from + window - 1 + lookBack(plan.inputs)
    for (let row = which === 'all' ? first : Math.max(first, last); row <= last; row++) {
      if (hasReference(frame, preprocess, row, from)) ends.push(row)
    }
  }
  return ends.take()
}

/** Whether the rows that a target is taken relative to are there. */
function hasReference(frame: Frame, preprocess: Preprocess, lastInput: number, origin: number): boolean {
  const { form, plan } = preprocess
  if (form.kind === 'level') return true
  if (plan.targets.some((name) => !frame.references.has(name))) return false
  for (let step = 1; step <= stepsOf(plan); step++) {
    if (form.kind === 'difference' && baseRow(lastInput, step, form.lag) < origin) return false
    if (
      plan.targets.some((name) => Number.isNaN(referenceOf(frame, preprocess, name, lastInput, step).offset))
    )
      return false
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
    const chosen = decide(probabilities, classes.length, preprocess.threshold)
    return Array.from(lastInputs, (row, i) => ({
      ...about(row, plan.horizon),
      values: { [plan.targets[0]!]: classes[chosen[i]!]! },
      probabilities: Object.fromEntries(
        classes.map((name, c) => [name, probabilities[i * classes.length + c]!]),
      ),
    }))
  }
  const steps = stepsOf(plan)
  const targets = plan.targets.length
  const levels = levelsOf(plan)
  const middle = middleOf(plan.quantiles)
  const decoded = decodeOutputs(frame, preprocess, lastInputs, outputs)
  const byTarget = <T>(of: (target: number) => T) =>
    Object.fromEntries(plan.targets.map((name, target) => [name, of(target)]))
  const coverages = preprocess.intervals?.coverage ?? []
  const bounds = coverages.map((coverage, c) => {
    const side = (sign: number) =>
      decodeOutputs(
        frame,
        preprocess,
        lastInputs,
        outputs,
        (target, step) => sign * preprocess.intervals!.widths[target]![step - 1]![c]!,
      )
    return { coverage, lower: side(-1), upper: side(1) }
  })
  return Array.from(lastInputs).flatMap((row, i) =>
    Array.from({ length: steps }, (_, s): Prediction => {
      const at = (target: number) => ((i * steps + s) * targets + target) * levels
      return {
        ...about(row, plan.task === 'forecast' ? s + 1 : plan.horizon),
        values: byTarget((target) => decoded[at(target) + middle]!),
        ...(plan.quantiles && {
          quantiles: byTarget((target) =>
            Object.fromEntries(plan.quantiles!.map((share, q) => [String(share), decoded[at(target) + q]!])),
          ),
        }),
        ...(bounds.length > 0 && {
          intervals: byTarget((target) =>
            bounds.map(({ coverage, lower, upper }) => ({
              coverage,
              lower: lower[at(target) + middle]!,
              upper: upper[at(target) + middle]!,
            })),
          ),
        }),
      }
    }),
  )
}

function tooShort(table: Table, frame: Frame, { window, form, plan }: Preprocess): RondoError {
  const missing = form.kind === 'level' ? [] : plan.targets.filter((name) => !frame.references.has(name))
  if (missing.length > 0) columnOf(table, missing[0]!, 'target')
  const known = plan.inputs.filter((input) => input.kind !== 'lag' && input.known)
  const needed = Math.max(window + lookBack(plan.inputs), lagOf(form))
  const ahead = plan.rollout ?? plan.horizon
  if (known.length > 0 && frame.rows >= needed) {
    return new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
      message: `${table.name} does not tell ${known.map(({ name }) => name).join(', ')} of the ${ahead === 1 ? 'row' : `${ahead} rows`} to predict.`,
      value: frame.rows,
      place: fileOf(table),
      remedy: `Add ${count(ahead, 'row')} in which only ${[plan.id, plan.time, ...known.map(({ name }) => name)].filter(Boolean).join(', ')} are filled in${plan.id === undefined ? '' : ', for each series'}.`,
    })
  }
  return new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
    message: `${table.name} has ${count(frame.rows, 'row')}, and the model looks at ${needed} to predict the next.`,
    value: frame.rows,
    place: fileOf(table),
    remedy: `Give at least ${count(needed, 'consecutive row')}${form.kind === 'level' ? '' : ' with their targets'}.`,
  })
}
