import type { JsonObject } from '@rondo/core'
import type { Scale } from './options.ts'
import { type InputColumn, type Plan, stepsOf } from './plan.ts'
import { calendarNames } from './series/calendar.ts'
import type { Frame } from './series/frame.ts'
import { gatherFloats } from './series/gather.ts'
import { growingFloats } from './table/growing.ts'
import { fitScaler, IDENTITY, type Scaler, signedLog, spreadOf } from './transform/scale.ts'
import {
  baseRow,
  differenceTo,
  ORIGIN,
  relative,
  type TargetForm,
  targetForm,
  windowReference,
} from './transform/target.ts'

/** Statistics of train rows. */
export interface Scales {
  /** Of each number input, by name. */
  readonly scales: { readonly [name: string]: Scaler }
  /** Of each target that is a number, by name. */
  readonly targetScales: { readonly [name: string]: Scaler }
  /** Of each target that is normalised by its window: the least spread of a window. */
  readonly floors?: { readonly [name: string]: number }
}

/** Half widths of intervals, found on validation rows. */
export interface Intervals {
  /** The shares of the values that they are to hold, ascending. */
  readonly coverage: readonly number[]
  /** `[targets, steps, coverage]`, in units of the scaled targets. */
  readonly widths: readonly (readonly (readonly number[])[])[]
}

/** Everything that turns rows into windows and a model's outputs into the data's units: `preprocess.json`. */
export interface Preprocess extends Scales {
  readonly version: 1
  readonly plan: Plan
  /** Steps of a window. */
  readonly window: number
  readonly form: TargetForm
  /** Of each series by itself, by its id; of others those of all together hold. */
  readonly series?: { readonly [id: string]: Scales }
  /** The probability from which on the positive one of two classes is predicted; .5 where absent. */
  readonly threshold?: number
  readonly intervals?: Intervals
}

/** The hyperparameters of the data for one trial. */
export interface DataParams {
  readonly window: number
  readonly scale: Scale
  readonly targetTransform: string
  readonly scaleBy: 'all' | 'series'
  readonly classWeights: 'none' | 'balanced'
  /** The name of a set of inputs. */
  readonly features: string
  /** `all`, `none`, or some of the lags, as in `7+364`. */
  readonly lags: string
}

/** A flat window counts as having at least this share of the target's own spread. */
const LEAST_SPREAD = 0.05

/** Fits scalers on the train rows of a fold. `trainRows` are target rows of `frame`. */
export function fitPreprocess(
  plan: Plan,
  frame: Frame,
  trainRows: Int32Array,
  params: DataParams,
): Preprocess {
  const form = targetForm(params.targetTransform)
  const fit = (rows: Int32Array) => fitScales(plan, frame, rows, params, form)
  const bySeries = params.scaleBy === 'series' && frame.groups !== undefined && frame.ids !== undefined
  return {
    version: 1,
    plan,
    window: params.window,
    form,
    ...fit(trainRows),
    ...(bySeries && {
      series: Object.fromEntries(
        [...Map.groupBy(trainRows, (row) => frame.groups![row]!)].map(([group, rows]) => [
          frame.ids![group]!,
          fit(Int32Array.from(rows)),
        ]),
      ),
    }),
  }
}

function fitScales(
  plan: Plan,
  frame: Frame,
  trainRows: Int32Array,
  params: DataParams,
  form: TargetForm,
): Scales {
  const log = params.scale === 'log1p'
  const scales: { [name: string]: Scaler } = {}
  const rows = plan.sequences ? rowsOfSequences(frame, trainRows) : trainRows
  const used = new Set(plan.inputs.filter(({ kind }) => kind !== 'category').map(({ name }) => name))
  for (const [name, values] of frame.numbers) {
    if (!used.has(name)) continue
    const known = gatherFloats(values, rows)
    scales[name] = fitScaler(params.scale, log ? known.map(signedLog) : known)
  }
  const targetScales: { [name: string]: Scaler } = {}
  const floors: { [name: string]: number } = {}
  if (plan.task !== 'classify') {
    for (const [name, values] of frame.targets) {
      if (form.kind === 'window') {
        const known = gatherFloats(values, trainRows).filter((value) => !Number.isNaN(value))
        floors[name] = LEAST_SPREAD * spreadOf(log ? known.map(signedLog) : known) || 1
      }
      const context = { plan, frame, form, window: params.window, log }
      targetScales[name] =
        params.scale === 'none' && form.kind !== 'window'
          ? IDENTITY
          : fitScaler(params.scale, relativeTargets(context, name, trainRows, floors[name] ?? 0))
    }
  }
  return { scales, targetScales, ...(form.kind === 'window' && { floors }) }
}

interface TargetContext {
  readonly plan: Plan
  readonly frame: Frame
  readonly form: TargetForm
  readonly window: number
  readonly log: boolean
}

/** The targets of the train rows as they are learned, all steps of a horizon together so that their errors weigh the same. */
function relativeTargets(
  { plan, frame, form, window, log }: TargetContext,
  name: string,
  trainRows: Int32Array,
  floor: number,
): Float64Array {
  const values = frame.targets.get(name)!
  const references = frame.references.get(name)!
  const steps = stepsOf(plan)
  const known = growingFloats()
  for (const row of trainRows) {
    const lastInput = row - plan.horizon
    const from = Math.max(frame.origins[row]!, lastInput - window + 1)
    const ofWindow = form.kind === 'window' && windowReference(references, from, lastInput + 1, log, floor)
    for (let step = 1; step <= steps; step++) {
      let reference = ofWindow || ORIGIN
      if (form.kind === 'difference') {
        const base = baseRow(lastInput, step, form.lag)
        if (base < frame.origins[row]!) continue
        reference = differenceTo(references[base]!, log)
      }
      const change = relative(values[row - steps + step]!, reference, log)
      if (!Number.isNaN(change)) known.push(change)
    }
  }
  return known.take()
}

/** The scales that hold for a row: those of its series, or of all together. */
export function scalesOf(preprocess: Preprocess, frame: Frame, row: number): Scales {
  if (preprocess.series === undefined || frame.groups === undefined) return preprocess
  const id = frame.ids?.[frame.groups[row]!]
  return id !== undefined && Object.hasOwn(preprocess.series, id) ? preprocess.series[id]! : preprocess
}

/** All rows of the sequences whose last rows are given. */
function rowsOfSequences(frame: Frame, lastRows: Int32Array): Int32Array {
  const rows: number[] = []
  for (const last of lastRows) for (let row = frame.origins[last]!; row <= last; row++) rows.push(row)
  return Int32Array.from(rows)
}

/** The names of the model's inputs, in their order: columns, then the calendar. */
export function featureNames(plan: Plan): readonly string[] {
  return [
    ...plan.inputs.flatMap((input) => namesOf(input, plan.horizon)),
    ...plan.calendar.flatMap(calendarNames),
  ]
}

function namesOf(input: InputColumn, horizon: number): readonly string[] {
  if (input.kind === 'lag') return [`${input.name} lag ${input.lag}`]
  const name = input.known === true ? `${input.name} +${horizon}` : input.name
  return input.kind === 'number' ? [name] : input.values.map((value) => `${name}=${value}`)
}

/** A preprocessing as the JSON that is saved, and back. */
export const preprocessToJson = (preprocess: Preprocess): JsonObject => preprocess as unknown as JsonObject
