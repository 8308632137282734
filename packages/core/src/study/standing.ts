import type { ArtifactRef } from '../contracts/artifacts.ts'
import type { Objective } from '../contracts/objective.ts'
import type { LegOutcome } from './flight.ts'
import { curveAfter, type TrialRecord } from './trial-record.ts'
import { trialValue } from './trial-value.ts'

/** What one trial has come to, for its rank. */
export interface Standing {
  readonly trial: number
  readonly value: number
  /** The number of folds behind the value. */
  readonly folds: number
  readonly model?: ArtifactRef
}

/** A trial's standing once a leg's outcome counts; `undefined` where that gives no finite value. */
export function standingAfter(
  trial: TrialRecord,
  outcome: LegOutcome,
  objective: Objective,
): Standing | undefined {
  if (outcome.type !== 'leg.ended') return undefined
  const value = trialValue(objective, curveAfter(trial, outcome, objective))?.value
  if (value === undefined) return undefined
  const { folds } = outcome.reached ?? trial.legs[outcome.leg]!.budget
  const model = outcome.model ?? trial.model
  return { trial: trial.number, value, folds, ...(model === undefined ? {} : { model }) }
}
