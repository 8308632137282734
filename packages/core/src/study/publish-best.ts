import { isBetter } from '../contracts/objective.ts'
import type { StudyEvent } from './events.ts'
import type { LegOutcome } from './flight.ts'
import type { Ledger } from './ledger.ts'
import { curveAfter } from './trial-record.ts'
import { trialValue } from './trial-value.ts'

/**
 * The event that makes a leg's model the best of the study, or `undefined` where it is not. More folds rank before
 * fewer, then the value, then the lower trial number; so the last one published is the same in whatever order results
 * arrive.
 */
export function bestAfter(
  ledger: Ledger,
  outcome: LegOutcome,
): Extract<StudyEvent, { readonly type: 'best.published' }> | undefined {
  if (outcome.type !== 'leg.ended' || outcome.model === undefined) return undefined
  const { objective } = ledger.state.spec
  const trial = ledger.state.trials[outcome.trial]!
  const value = trialValue(objective, curveAfter(trial, outcome, objective))?.value
  if (value === undefined) return undefined
  const { folds } = trial.legs[outcome.leg]!.budget
  const event = { type: 'best.published', trial: trial.number, value, folds, model: outcome.model } as const
  const { published } = ledger
  if (published === undefined || published.trial === trial.number) return event
  if (folds !== published.folds) return folds > published.folds ? event : undefined
  if (value === published.value) return trial.number < published.trial ? event : undefined
  return isBetter(objective, value, published.value) ? event : undefined
}
