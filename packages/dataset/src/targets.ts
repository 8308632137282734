import { outputsOf, stepsOf } from './plan.ts'
import type { Preprocess } from './preprocess.ts'
import type { Frame } from './series/frame.ts'
import { baseRow, decodeTarget, encodeTarget } from './transform/target.ts'

/** Writes what the model is to give for the sample of target row `row` to `out`, from `at` on. */
export function writeTarget(
  frame: Frame,
  preprocess: Preprocess,
  row: number,
  out: Float32Array,
  at: number,
): void {
  const { plan, lag, targetScales } = preprocess
  if (plan.classes !== undefined) {
    const label = frame.targets.get(plan.targets[0]!)![row]!
    if (outputsOf(plan) === 1) out[at] = label
    else out[at + label] = 1
    return
  }
  const steps = stepsOf(plan)
  let index = at
  for (let step = 1; step <= steps; step++) {
    for (const name of plan.targets) {
      const values = frame.targets.get(name)!
      const base = lag === 0 ? 0 : values[baseRow(row - plan.horizon, step, lag)]!
      out[index++] = encodeTarget(values[row - steps + step]!, base, lag, targetScales[name]!)
    }
  }
}

/**
 * Raw outputs `[n, outputs]` of windows that end with the rows `lastInputs` as values `[n, steps, targets]` in data
 * units.
 */
export function decodeOutputs(
  frame: Frame,
  preprocess: Preprocess,
  lastInputs: Int32Array,
  outputs: ArrayLike<number>,
): Float64Array {
  const { plan, lag, targetScales } = preprocess
  const steps = stepsOf(plan)
  const decoded = new Float64Array(outputs.length)
  let at = 0
  for (const lastInput of lastInputs) {
    for (let step = 1; step <= steps; step++) {
      for (const name of plan.targets) {
        const base = lag === 0 ? 0 : frame.targets.get(name)![baseRow(lastInput, step, lag)]!
        decoded[at] = decodeTarget(outputs[at]!, base, lag, targetScales[name]!)
        at++
      }
    }
  }
  return decoded
}
