import type { Objective } from '@rondo/core'
import { mean } from '../statistics.ts'

/** How much better the best is expected to become. */
export interface ExpectedGain {
  /** Further configurations, each tried in full. */
  readonly trials: number
  /** In the metric's units, at least 0. */
  readonly gain: number
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

/**
 * The expected gain of more draws from the same distribution, by extreme values. If the best values are spaced as those of
 * an exponential tail of scale β, the expected best of n draws lies β·(1 + 1/2 + … + 1/n) from where the tail begins
 * (Rényi, 1953), so k more bring β·(1/(n+1) + … + 1/(n+k)). β is the mean distance of the best values from the first that is not
 * among them, less what noise adds to it. A tail that ends (the metric has a floor) gains less, a search that learns
 * more: it is a guide for whether to go on, not a forecast.
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
  // A metric that is made small and was never negative is taken to end at 0.
  const floor = objective.direction === 'minimize' && best[0]! >= 0 ? best[0]! : Number.POSITIVE_INFINITY
  return { trials: more, gain: Math.min(floor, own * spacings) }
}
