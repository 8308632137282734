import { levelsOf, outputsOf, stepsOf } from './plan.ts'
import { type Preprocess, scalesOf } from './preprocess.ts'
import type { Frame } from './series/frame.ts'
import {
  baseRow,
  decodeTarget,
  differenceTo,
  encodeTarget,
  ORIGIN,
  type Reference,
  windowReference,
} from './transform/target.ts'

/** What step `step` (from 1) of a target is taken relative to, by rows up to `lastInput` alone. */
export function referenceOf(
  frame: Frame,
  preprocess: Preprocess,
  name: string,
  lastInput: number,
  step: number,
): Reference {
  const { form, window } = preprocess
  if (form.kind === 'level') return ORIGIN
  const values = frame.references.get(name)!
  const { targetScales, floors } = scalesOf(preprocess, frame, lastInput)
  const { log } = targetScales[name]!
  if (form.kind === 'difference') return differenceTo(values[baseRow(lastInput, step, form.lag)]!, log)
  return windowReference(values, lastInput - window + 1, lastInput + 1, log, floors?.[name] ?? 0)
}

/** Writes what the model is to give for the sample of target row `row` to `out`, from `at` on. */
export function writeTarget(
  frame: Frame,
  preprocess: Preprocess,
  row: number,
  out: Float32Array,
  at: number,
): void {
  const { plan } = preprocess
  if (plan.classes !== undefined) {
    const label = frame.targets.get(plan.targets[0]!)![row]!
    if (outputsOf(plan) === 1) out[at] = label
    else out[at + label] = 1
    return
  }
  const steps = stepsOf(plan)
  const levels = levelsOf(plan)
  const { targetScales } = scalesOf(preprocess, frame, row)
  let index = at
  for (let step = 1; step <= steps; step++) {
    for (const name of plan.targets) {
      const value = frame.targets.get(name)![row - steps + step]!
      const reference = referenceOf(frame, preprocess, name, row - plan.horizon, step)
      out.fill(encodeTarget(value, reference, targetScales[name]!), index, index + levels)
      index += levels
    }
  }
}

/**
 * Raw outputs `[n, outputs]` of windows that end with the rows `lastInputs` as values `[n, steps, targets, quantiles]`
 * in data units; the quantiles ascend, though a model's may cross.
 *
 * @param shift What is added to the outputs of a target and step first, in their own units: the side of an interval.
 */
export function decodeOutputs(
  frame: Frame,
  preprocess: Preprocess,
  lastInputs: Int32Array,
  outputs: ArrayLike<number>,
  shift: (target: number, step: number) => number = () => 0,
): Float64Array {
  const { plan } = preprocess
  const steps = stepsOf(plan)
  const levels = levelsOf(plan)
  const decoded = new Float64Array(outputs.length)
  let at = 0
  for (const lastInput of lastInputs) {
    const { targetScales } = scalesOf(preprocess, frame, lastInput)
    for (let step = 1; step <= steps; step++) {
      for (const [target, name] of plan.targets.entries()) {
        const reference = referenceOf(frame, preprocess, name, lastInput, step)
        for (let level = 0; level < levels; level++) {
          const output = outputs[at + level]! + shift(target, step)
          decoded[at + level] = decodeTarget(output, reference, targetScales[name]!)
        }
        if (levels > 1) decoded.subarray(at, at + levels).sort()
        at += levels
      }
    }
  }
  return decoded
}

/** The place of the quantile that stands for the value itself: the one nearest to the median. */
export function middleOf(quantiles: readonly number[] | undefined): number {
  if (quantiles === undefined) return 0
  return quantiles.reduce(
    (best, level, i) => (Math.abs(level - 0.5) < Math.abs(quantiles[best]! - 0.5) ? i : best),
    0,
  )
}
