import type { TrialRecord, TrialView } from '@rondo/core'

/** A trial as `--json` gives it. */
export function trialJson(trial: TrialView): object {
  const { number, state, origin, value, bestEpoch, reached, params, failure, stopReason, replicateOf } = trial
  return {
    trial: number,
    state,
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
export function wholeTrialJson(trial: TrialRecord): object {
  const { legs, curve, memo, checkpoint, model } = trial
  return { ...trialJson(trial), legs, curve, memo, checkpoint, model }
}
