import { knowsAhead, type Plan } from '../plan.ts'
import { type Frame, seriesOf } from './frame.ts'

/**
 * Marks the rows at the end of each series that are to be predicted, where some inputs are known ahead: those in which
 * no other input is given, or, where every input is known ahead, as many as the horizon.
 */
export function markFuture(frame: Frame, plan: Pick<Plan, 'inputs' | 'horizon'>): Frame {
  if (!knowsAhead(plan)) return frame
  const past = plan.inputs.filter((input) => input.kind === 'lag' || input.known !== true)
  const isGiven = (row: number) =>
    past.some(({ kind, name }) =>
      kind === 'category'
        ? frame.categories.get(name)![row]! >= 0
        : !Number.isNaN(frame.numbers.get(name)![row]!),
    )
  const future = new Uint8Array(frame.rows)
  for (const { from, to } of seriesOf(frame)) {
    let first = past.length === 0 ? Math.max(from, to - plan.horizon) : to
    while (past.length > 0 && first > from && !isGiven(first - 1)) first--
    future.fill(1, first, to)
  }
  return { ...frame, future }
}
