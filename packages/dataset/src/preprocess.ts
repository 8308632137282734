import type { JsonObject } from '@rondo/core'
import type { Scale } from './options.ts'
import { type InputColumn, type Plan, stepsOf } from './plan.ts'
import { calendarNames } from './series/calendar.ts'
import type { Frame } from './series/frame.ts'
import { gatherFloats } from './series/gather.ts'
import { growingFloats } from './table/growing.ts'
import { fitScaler, IDENTITY, type Scaler, signedLog } from './transform/scale.ts'
import { baseRow, lagOf, transformed } from './transform/target.ts'

/** Everything that turns rows into windows and a model's outputs into the data's units: `preprocess.json`. */
export interface Preprocess {
  readonly version: 1
  readonly plan: Plan
  /** Steps of a window. */
  readonly window: number
  /** Of each number input, by name. */
  readonly scales: { readonly [name: string]: Scaler }
  /** Rows that a target is differenced by; 0 for its level. */
  readonly lag: number
  /** Of each target that is a number, by name. */
  readonly targetScales: { readonly [name: string]: Scaler }
}

/** The hyperparameters of the data for one trial. */
export interface DataParams {
  readonly window: number
  readonly scale: Scale
  readonly targetTransform: string
}

/** Fits scalers on the train rows of a fold. `trainRows` are target rows of `frame`. */
export function fitPreprocess(
  plan: Plan,
  frame: Frame,
  trainRows: Int32Array,
  params: DataParams,
): Preprocess {
  const scales: { [name: string]: Scaler } = {}
  const rows = plan.sequences ? rowsOfSequences(frame, trainRows) : trainRows
  for (const [name, values] of frame.numbers) {
    const known = gatherFloats(values, rows)
    scales[name] = fitScaler(params.scale, params.scale === 'log1p' ? known.map(signedLog) : known)
  }
  const lag = lagOf(params.targetTransform)
  const targetScales: { [name: string]: Scaler } = {}
  if (plan.task !== 'classify') {
    for (const [name, values] of frame.targets) {
      targetScales[name] = fitTarget(plan, values, frame.origins, trainRows, lag, params.scale)
    }
  }
  return { version: 1, plan, window: params.window, scales, lag, targetScales }
}

/** One scaler for all steps of a horizon, so that their errors weigh the same. */
function fitTarget(
  plan: Plan,
  values: Float64Array,
  origins: Int32Array,
  trainRows: Int32Array,
  lag: number,
  scale: Scale,
): Scaler {
  if (scale === 'none') return IDENTITY
  const log = scale === 'log1p'
  const steps = stepsOf(plan)
  const known = growingFloats()
  for (const row of trainRows) {
    const lastInput = row - plan.horizon
    for (let step = 1; step <= steps; step++) {
      const at = row - steps + step
      const base = lag === 0 ? -1 : baseRow(lastInput, step, lag)
      if (lag > 0 && base < origins[row]!) continue
      const change = transformed(values[at]!, lag === 0 ? 0 : values[base]!, lag, log)
      if (!Number.isNaN(change)) known.push(change)
    }
  }
  return fitScaler(scale, known.take())
}

/** All rows of the sequences whose last rows are given. */
function rowsOfSequences(frame: Frame, lastRows: Int32Array): Int32Array {
  const rows: number[] = []
  for (const last of lastRows) for (let row = frame.origins[last]!; row <= last; row++) rows.push(row)
  return Int32Array.from(rows)
}

/** The names of the model's inputs, in their order: columns, then the calendar. */
export function featureNames(plan: Plan): readonly string[] {
  return [...plan.inputs.flatMap(namesOf), ...plan.calendar.flatMap(calendarNames)]
}

const namesOf = (input: InputColumn): readonly string[] =>
  input.kind === 'number' ? [input.name] : input.values.map((value) => `${input.name}=${value}`)

/** A preprocessing as the JSON that is saved, and back. */
export const preprocessToJson = (preprocess: Preprocess): JsonObject => preprocess as unknown as JsonObject
