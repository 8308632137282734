import type { Objective } from '@rondo/core'
import { mean } from '../statistics.ts'

/** How much better the best is expected to become. */
export interface ExpectedGain {
  /** Further configurations, each tried in full. */
  readonly trials: number
  /** In the metric's units, at least 0; absent where it is too early to tell. */
  readonly gain?: number
}

/** What {@link expectedGain} goes by. */
export interface ExpectedGainOptions {
  readonly objective: Objective
  readonly more: number
  /** Configurations tried so far, those included whose values are not given because they were stopped. */
  readonly configurations: number
  /** The standard deviation of a value. */
  readonly noise?: number
}

/** The fewest values whose tail says anything. */
const FEWEST = 6
/** The 95 % quantile of the standard normal distribution. */
const Z = 1.645

/**
 * The expected gain of more draws from the same distribution, by extreme values. If the best values are spaced as those of
 * an exponential tail of scale β, the expected best of n draws lies β·(1 + 1/2 + … + 1/n) from where the tail begins
 * (Rényi, 1953), so k more bring β·(1/(n+1) + … + 1/(n+k)). β is the mean distance of the best values from the first that is not
 * among them, less what noise adds to it. A tail that ends (the metric has a floor) gains less, a search that learns
 * more: it is a guide for whether to go on, not a forecast.
 *
 * Where that mean distance is no more than the noise, β comes out as 0. That nothing is to be gained follows only where
 * the study is large enough: from a few values β is known badly, and may be as large as the noise times the upper 95 %
 * limit of such an estimate. Where even that would bring less than one standard deviation of the noise, the gain is 0,
 * else it is too early to tell. For ten more trials 18 values are enough, and fewer where many more configurations were
 * stopped on the way.
 *
 * @returns `undefined` with fewer than six values.
 */
export function expectedGain(
  values: readonly number[],
  { objective, more, configurations, noise = 0 }: ExpectedGainOptions,
): ExpectedGain | undefined {
  if (values.length < FEWEST) return undefined
  const best = [...values].sort((a, b) => (objective.direction === 'minimize' ? a - b : b - a))
  const inTail = Math.min(10, Math.max(2, Math.floor(values.length / 3)))
  const edge = best[inTail]!
  const scale = mean(best.slice(0, inTail).map((value) => Math.abs(value - edge)))
  const own = Math.sqrt(Math.max(0, scale ** 2 - noise ** 2))
  let spacings = 0
  for (let n = configurations + 1; n <= configurations + more; n++) spacings += 1 / n
  const most = leftToGain(best[0]!, objective)
  if (own === 0 && noise > 0 && most > 0 && upperLimit(inTail) * spacings > 1) return { trials: more }
  return { trials: more, gain: Math.min(most, own * spacings) }
}

/** A metric that is made small and was never negative is taken to end at 0, one that is made large and was never above 1 there. */
function leftToGain(best: number, { direction }: Objective): number {
  if (direction === 'minimize') return best >= 0 ? best : Number.POSITIVE_INFINITY
  return best <= 1 ? 1 - best : Number.POSITIVE_INFINITY
}

/**
 * How many times its estimate from `k` values the scale of an exponential tail may be, by the upper 95 % limit. Their mean
 * distance is β/k times a gamma variable of shape k, whose quantile is that of Wilson and Hilferty (1931).
 */
const upperLimit = (k: number): number => (1 - 1 / (9 * k) - Z / (3 * Math.sqrt(k))) ** -3
