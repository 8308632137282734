import type { Expectations, ExpectationsRequest } from '@rondo/core'
import { encodingOf } from './encoding/encoding.ts'
import { latestMemo } from './memo.ts'
import type { BayesSettings } from './options.ts'
import { surrogateOf } from './surrogate.ts'

/**
 * What trials are expected to reach with the full budget: the means of the model that the latest suggestion was made with,
 * conditioned on what is known by now; nothing of those that failed or were stopped. Only where there is a prior mean, which
 * may tell what gains late: without one the model has seen next to nothing of the full budget by the time that trials are
 * to be chosen, and their values are the better guide.
 */
export function expectationsOf(
  { space, objective, history, priorMean }: ExpectationsRequest,
  settings: BayesSettings,
): Expectations | undefined {
  if (priorMean === undefined || !settings.priorMean) return undefined
  const last = latestMemo(history)?.fit
  if (last === undefined) return undefined
  const encoding = encodingOf(space)
  const surrogate = surrogateOf({ space, encoding, objective, history, last, priorMean })
  if (surrogate === undefined) return undefined
  const means = new Map(surrogate.measured.map(({ params }, i) => [space.keyOf(params), surrogate.means[i]!]))
  return new Map(
    history.trials.flatMap(({ number, params, state }) => {
      const mean =
        state === 'failed' || state === 'stopped' ? Number.NEGATIVE_INFINITY : means.get(space.keyOf(params))
      return mean === undefined ? [] : [[number, mean] as const]
    }),
  )
}
