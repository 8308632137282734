import { levelsOf, stepsOf } from '../plan.ts'
import type { Preprocess } from '../preprocess.ts'
import type { Frame } from '../series/frame.ts'
import { decodeOutputs, middleOf } from '../targets.ts'
import { formatTime } from '../text/times.ts'

/** What happened and what was forecast of it one row ahead, for each sample in data units: of the first target. */
export interface Comparison {
  readonly target: string
  /** The times of the rows, where they have some; else their numbers in the data, from 1. */
  readonly labels: readonly string[]
  readonly actual: readonly number[]
  readonly predicted: readonly number[]
  /** The outer quantiles, or the bounds of the narrowest interval, where the model has some. */
  readonly low?: readonly number[]
  readonly high?: readonly number[]
}

/** @param rows The target rows of `outputs` `[n, outputs]`. */
export function compared(
  frame: Frame,
  preprocess: Preprocess,
  rows: Int32Array,
  outputs: ArrayLike<number>,
): Comparison {
  const { plan, intervals } = preprocess
  const steps = stepsOf(plan)
  const levels = levelsOf(plan)
  const target = plan.targets[0]!
  const lastInputs = rows.map((row) => row - plan.horizon)
  const firstRows = Array.from(rows, (row) => row - steps + 1)
  const perSample = steps * plan.targets.length * levels
  /** A level of the first target's first step. */
  const valuesOf = (level: number, side = 0): readonly number[] => {
    const shift = (at: number, step: number) => side * (intervals?.widths[at]?.[step - 1]?.[0] ?? 0)
    const decoded = decodeOutputs(frame, preprocess, lastInputs, outputs, shift)
    return Array.from(rows, (_, i) => decoded[i * perSample + level]!)
  }
  const middle = middleOf(plan.quantiles)
  return {
    target,
    labels: firstRows.map((row) => {
      const time = frame.times?.[row]
      return time === undefined ? String(frame.sources[row]! + 1) : formatTime(time)
    }),
    actual: firstRows.map((row) => frame.targets.get(target)![row]!),
    predicted: valuesOf(middle),
    ...(levels > 1
      ? { low: valuesOf(0), high: valuesOf(levels - 1) }
      : intervals !== undefined && intervals.coverage.length > 0
        ? { low: valuesOf(middle, -1), high: valuesOf(middle, 1) }
        : {}),
  }
}
