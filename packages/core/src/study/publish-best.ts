import type { StudyEvent } from './events.ts'
import type { LegOutcome } from './flight.ts'
import type { Ledger } from './ledger.ts'

/**
 * The event that lets `best/` show another model once a leg's outcome counts, or `undefined` where it stays as it is.
 * That is not always the leg's own: a repetition may show that the best so far was lucky.
 */
export function bestAfter(
  ledger: Ledger,
  outcome: LegOutcome,
): Extract<StudyEvent, { readonly type: 'best.published' }> | undefined {
  const leader = ledger.leaderAfter(outcome)
  if (leader?.model === undefined) return undefined
  const { trial, value, folds, model } = leader
  // A model that a last training put there stays, until its trial goes further or another one ranks first.
  if (ledger.published?.trial === trial && outcome.trial !== trial) return undefined
  return { type: 'best.published', trial, value, folds, model }
}
