import { deriveRng, type History, type Objective, type Space } from '@rondo/core'
import { encodingOf } from './encoding/encoding.ts'
import { latestMemo } from './memo.ts'
import { surrogateOf } from './surrogate.ts'

/** The configuration that a study's measurements, taken together, speak for. */
export interface Recommendation {
  /** The number of its first trial. */
  readonly trial: number
  /** Whether noise was shrunk by a model; false where too little is known, and the best mean value decided. */
  readonly modelled: boolean
}

/**
 * The configuration of the best posterior mean: measured values, replicates included, shrunk towards what their
 * neighbours lead one to expect. With noise the best value measured is mostly luck. `undefined` without any value.
 */
export function recommend(request: {
  readonly space: Space
  readonly objective: Objective
  readonly history: History
}): Recommendation | undefined {
  const { history } = request
  const memo = latestMemo(history)
  const surrogate = surrogateOf({
    ...request,
    encoding: encodingOf(request.space),
    rng: deriveRng({ seed: memo?.design ?? 0, purpose: 'recommend' }),
    trial: history.trials.length,
    ...(memo?.fit === undefined ? {} : { last: memo.fit }),
  })
  if (surrogate === undefined) return history.best && { trial: history.best.number, modelled: false }
  const { means, measured } = surrogate
  const best = means.reduce((top, mean, i) => (mean > means[top]! ? i : top), 0)
  return { trial: measured[best]!.trial, modelled: true }
}
