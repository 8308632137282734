import type { TrialRecord, TrialView } from '@rondo/core'
import type { StateOf } from './shown-state.ts'

/** A trial as `--json` gives it. */
export function trialJson(trial: TrialView, stateOf: StateOf): object {
  const { number, origin, value, bestEpoch, reached, params, failure, stopReason, replicateOf } = trial
  return {
    trial: number,
    state: stateOf(trial),
    origin,
    value,
    epoch: bestEpoch,
    reached,
    params,
    failure,
    stopReason,
    replicateOf,
  }
}

/** The same with everything that is known of it. */
export function wholeTrialJson(trial: TrialRecord, stateOf: StateOf): object {
  const { legs, curve, memo, checkpoint, model } = trial
  return { ...trialJson(trial, stateOf), legs, curve, memo, checkpoint, model }
}
