import type { Plan } from '../plan.ts'
import { type Frame, seriesOf, takeRows } from './frame.ts'
import { nextTime } from './time-step.ts'

/** A frame that has at least `count` rows to predict at the end of each series. */
export function withFutureRows(frame: Frame, plan: Plan, count: number): Frame {
  const rows: number[] = []
  const added: number[] = []
  for (const { from, to } of seriesOf(frame)) {
    let given = 0
    for (let row = from; row < to; row++) {
      rows.push(row)
      given += frame.future?.[row] ?? 0
    }
    for (let i = given; i < count; i++) {
      added.push(rows.length)
      rows.push(to - 1)
    }
  }
  // Every row that is added starts as a copy of the last one before it.
  const longer = takeRows(frame, Int32Array.from(rows))
  const future = longer.future ?? new Uint8Array(longer.rows)
  const floats = [...longer.numbers.values(), ...longer.targets.values(), ...longer.references.values()]
  for (const row of added) {
    future[row] = 1
    for (const values of floats) values[row] = Number.NaN
    if (longer.times && plan.step) longer.times[row] = nextTime(longer.times[row - 1]!, plan.step)
  }
  return { ...longer, future }
}

/** Takes what was predicted of a row to come as if it had been recorded. */
export function takeAsRecorded(
  frame: Frame,
  row: number,
  values: { readonly [target: string]: number | string },
): void {
  for (const [name, value] of Object.entries(values)) {
    for (const columns of [frame.numbers, frame.targets, frame.references]) {
      const column = columns.get(name)
      if (column !== undefined) column[row] = Number(value)
    }
  }
  if (frame.future) frame.future[row] = 0
}
