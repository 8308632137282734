import type { ArtifactRef } from '../contracts/artifacts.ts'
import type { LegOutcome } from './flight.ts'
import type { StudySpec } from './study-spec.ts'
import { curveAfter, type TrialRecord } from './trial-record.ts'
import { trialValue } from './trial-value.ts'

/** What one trial has come to, for its rank. */
export interface Standing {
  readonly trial: number
  readonly value: number
  /** The number of folds behind the value. */
  readonly folds: number
  /** How far it has come; the full budget's where it ended by itself. */
  readonly epochs: number
  readonly model?: ArtifactRef
}

/** A trial's standing once a leg's outcome counts; `undefined` where that gives no finite value. */
export function standingAfter(
  trial: TrialRecord,
  outcome: LegOutcome,
  { objective, fullBudget }: Pick<StudySpec, 'objective' | 'fullBudget'>,
): Standing | undefined {
  if (outcome.type !== 'leg.ended') return undefined
  const value = trialValue(objective, curveAfter(trial, outcome, objective))?.value
  if (value === undefined) return undefined
  const { folds, epochs: reached } = outcome.reached ?? trial.legs[outcome.leg]!.budget
  const epochs = outcome.ended ? fullBudget.epochs : reached
  const model = outcome.model ?? trial.model
  return { trial: trial.number, value, folds, epochs, ...(model === undefined ? {} : { model }) }
}
