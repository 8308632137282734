import type { Params, SearchStrategy, Suggestion, SuggestRequest } from '@rondo/core'
import { acquisitionOver, meritScaleOf } from './acquisition/acquisition.ts'
import { type Landscape, meritsOfParams } from './acquisition/landscape.ts'
import { maximizeAcquisition } from './acquisition/maximize.ts'
import { checkedCandidates, memberOf, untriedOf } from './candidates.ts'
import { encodingOf } from './encoding/encoding.ts'
import { expectationsOf } from './expectations.ts'
import { initialPointsFor, nextOfDesign } from './initial-design.ts'
import { latestMemo, type Memo, memoJson } from './memo.ts'
import type { BayesSettings } from './options.ts'
import { replicateDue } from './replicate.ts'
import { successModelOf } from './success.ts'
import {
  believing,
  highest,
  MANY_FAILURES,
  meansOf,
  type Surrogate,
  surrogateOf,
  trendsAt,
} from './surrogate.ts'
import { allUntried, anyUntried } from './untried.ts'

/** Leaders around which candidates are perturbed. */
const LEADERS = 5

/** Bayesian optimisation with a Gaussian process. A function of the request: it keeps nothing between calls. */
export function bayesStrategy(settings: BayesSettings): SearchStrategy {
  return {
    suggest: (request) => suggest(request, settings),
    expectations: (request) => expectationsOf(request, settings),
  }
}

function suggest(request: SuggestRequest, settings: BayesSettings): Suggestion {
  const { space, history, trial, rng, objective } = request
  const priorMean = settings.priorMean ? request.priorMean : undefined
  const encoding = encodingOf(space)
  const memo: Memo = latestMemo(history) ?? { design: rng.uint32() }
  const candidates = settings.candidates && checkedCandidates(settings.candidates, space)
  const untried = candidates ? untriedOf(candidates, history) : allUntried(space, history)
  if (untried?.length === 0) return 'exhausted'

  const initial = settings.initialPoints ?? initialPointsFor(encoding.coordinates.length, history.trialLimit)
  const surrogate =
    trial < initial
      ? undefined
      : surrogateOf({
          space,
          encoding,
          objective,
          history,
          refit: { rng, trial, ...(settings.alpha === undefined ? {} : { alpha: settings.alpha }) },
          ...(memo.fit === undefined ? {} : { last: memo.fit }),
          ...(priorMean && { priorMean }),
        })
  if (surrogate === undefined) {
    const asked = {
      space,
      encoding,
      history,
      design: memo.design,
      rng,
      ...(candidates && { candidates: untried! }),
      ...(priorMean && { priorMean }),
    }
    const params = nextOfDesign(asked) ?? anyUntried(space, history)
    return params === undefined ? 'exhausted' : { params, memo: memoJson(memo) }
  }
  const remembered = memoJson({ design: memo.design, fit: surrogate.fit })
  const mayRepeat = candidates && memberOf(candidates, space)
  const again = replicateDue(surrogate, history, trial, settings.replicates, mayRepeat)
  if (again !== undefined) return { params: again.params, memo: remembered, replicateOf: again.trial }
  const promising = mostPromising(surrogate, untried, request, settings)
  const params = promising ?? (candidates ? undefined : anyUntried(space, history))
  return params === undefined ? 'exhausted' : { params, memo: remembered }
}

/** The untried configuration of the highest acquisition. */
function mostPromising(
  surrogate: Surrogate,
  untried: readonly Params[] | undefined,
  { space, history, rng }: SuggestRequest,
  settings: BayesSettings,
): Params | undefined {
  const { encoding, trend, posteriors, means, incumbents, measured, pending, failureShare } = surrogate
  const pendingTrends = trendsAt(pending, trend)
  const landscape: Landscape = {
    encoding,
    ...(trend && { trend }),
    models: posteriors.map((posterior, i) => ({
      posterior: believing(posterior, pending, encoding),
      // What pending trials are believed to bring counts as reached: else the next one would go to the same place.
      acquisition: acquisitionOver(
        Math.max(incumbents[i]!, highest(meansOf(posterior, pending, encoding, pendingTrends))),
        settings,
      ),
    })),
    scale: meritScaleOf(settings.acquisition),
    ...(failureShare > MANY_FAILURES ? { success: successModelOf(surrogate, rng) } : {}),
    allowed: (params) => space.satisfies(params) && !history.hasTried(params),
  }
  if (untried !== undefined) {
    const merits = meritsOfParams(landscape, untried)
    return untried[merits.reduce((best, merit, i) => (merit > merits[best]! ? i : best), 0)]
  }
  const leaders = measured
    .map(({ params }, i) => ({ params, mean: means[i]! }))
    .toSorted((a, b) => b.mean - a.mean)
    .slice(0, LEADERS)
    .map(({ params }) => encoding.positionsOf(params))
  return maximizeAcquisition(landscape, { space, leaders, rng })?.params
}
