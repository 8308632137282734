import { lookBack, type Plan, stepsOf } from './plan.ts'
import type { Frame } from './series/frame.ts'
import { seriesOf } from './series/frame.ts'
import { growingInts } from './table/growing.ts'

/** Rows of the same series that a target row needs before it, for its window, lagged inputs and difference. */
export function reachOf(plan: Plan, window: number, lag: number): number {
  return Math.max(window + lookBack(plan.inputs), lag) + plan.horizon - 1
}

/**
 * The rows that can be targets of a window of `window` rows, ascending: inputs, base of a difference by `lag` and every
 * step's target lie in the same series and were recorded. Of a sequence it is the last row.
 */
export function targetRows(frame: Frame, plan: Plan, window: number, lag: number): Int32Array {
  if (plan.sequences) {
    const lasts = [...seriesOf(frame)].map(({ to }) => to - 1)
    return Int32Array.from(lasts.filter((row) => isObserved(frame, plan, row)))
  }
  const reach = reachOf(plan, window, lag)
  const rows = growingInts()
  for (let row = 0; row < frame.rows; row++) {
    if (row - frame.recorded[row]! >= reach && isObserved(frame, plan, row)) rows.push(row)
  }
  return rows.take()
}

function isObserved(frame: Frame, plan: Plan, row: number): boolean {
  const steps = stepsOf(plan)
  for (const values of frame.targets.values()) {
    for (let at = row - steps + 1; at <= row; at++) if (Number.isNaN(values[at]!)) return false
  }
  return true
}
