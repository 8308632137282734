import type { TrialView } from '../contracts/history.ts'
import type { Objective } from '../contracts/objective.ts'
import type { Measurement } from '../contracts/trainer.ts'
import { curveAfter, type TrialRecord } from './trial-record.ts'
import { trialValue } from './trial-value.ts'

/** A trial in the midst of a leg, with what the leg has measured so far: what an interrupting scheduler is shown. */
export function runningTrial(
  trial: TrialRecord,
  measurements: readonly Measurement[],
  objective: Objective,
): TrialView {
  const curve = curveAfter(trial, { measurements }, objective)
  const best = trialValue(objective, curve)
  const { number, params, origin, legs } = trial
  return {
    number,
    params,
    origin,
    state: 'running',
    legs,
    reached: reachedBy(measurements),
    curve,
    ...(best === undefined ? {} : { value: best.value, bestEpoch: best.epoch }),
  }
}

/** The epochs of the fold that came furthest, and the folds that have been begun. */
export function reachedBy(measurements: readonly Measurement[]): TrialView['reached'] {
  const folds = new Set(measurements.map(({ fold }) => fold)).size
  return { epochs: Math.max(0, ...measurements.map(({ epoch }) => epoch)), folds }
}
