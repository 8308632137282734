import { deriveRng, type History, type Params, type Rng, type Space } from '@rondo/core'
import type { Coordinate } from './encoding/coordinate.ts'
import type { Encoding } from './encoding/encoding.ts'
import { squaredDifference } from './gp/covariance.ts'
import { scrambledSobol } from './numerics/sobol.ts'

/** Points of the sequence that are looked at for one that is allowed, before drawing at random. */
const LOOKED_AT = 64

/**
 * The number of trials before the model decides: two more than half the coordinates, at most a third of the budget.
 * Fewer than the usual d + 1 or 2d: averaged over its hyperparameters the model is not rash about what few points say.
 */
export function initialPointsFor(coordinates: number, trialLimit: number): number {
  return Math.max(2, Math.min(Math.ceil(coordinates / 2) + 2, Math.floor(trialLimit / 3)))
}

/**
 * The next configuration that is not the model's choice. A study that has no untuned default begins in the middle of
 * the space: ranges are put around what is expected to do well, so the middle is better than most draws (OSS Vizier
 * begins there too). Then come the points of a scrambled Sobol sequence. What violates a constraint or was tried is
 * left out. Where configurations are listed, the one nearest to each of these points is taken.
 *
 * @returns `undefined` where neither the sequence nor draws brought an untried configuration.
 */
export function nextOfDesign({
  space,
  encoding,
  history,
  design,
  rng,
  listed,
}: DesignRequest): Params | undefined {
  const { coordinates } = encoding
  const d = coordinates.length
  const allowed = (params: Params): boolean => space.satisfies(params) && !history.hasTried(params)
  if (history.trials.length === 0) {
    const middle = encoding.paramsAt(Float64Array.from(coordinates, middleOf))
    if (listed !== undefined) return nearest(listed, middle, encoding)
    if (allowed(middle)) return middle
  }
  const own = history.trials.filter((trial) => trial.origin === 'search').length
  const first = history.trials[0]?.origin === 'search' ? own - 1 : own
  const points = scrambledSobol(LOOKED_AT, d, deriveRng({ seed: design, purpose: 'design' }), first)
  for (let i = 0; i < LOOKED_AT; i++) {
    const params = encoding.paramsAt(
      Float64Array.from(coordinates, (coordinate, c) => coordinate.fromUniform(points[i * d + c]!)),
    )
    if (listed !== undefined) return nearest(listed, params, encoding)
    if (allowed(params)) return params
  }
  for (let i = 0; i < LOOKED_AT; i++) {
    const params = space.sample(rng)
    if (allowed(params)) return params
  }
  return undefined
}

/** The listed configuration whose features are nearest to those of `params`; of several the first. */
function nearest(
  listed: readonly Params[],
  params: Params,
  { metric, encode }: Encoding,
): Params | undefined {
  const [wanted, own] = [new Float64Array(metric.length), new Float64Array(metric.length)]
  encode(params, wanted)
  let least = Number.POSITIVE_INFINITY
  let found: Params | undefined
  for (const one of listed) {
    encode(one, own)
    const distance = metric.reduce(
      (sum, hamming, i) => sum + squaredDifference(wanted[i]!, own[i]!, hamming),
      0,
    )
    if (distance < least) [least, found] = [distance, one]
  }
  return found
}

/** The middle of a range or of a list of numbers; the first of a list of categories; a boolean is off. */
const middleOf = (coordinate: Coordinate): number =>
  coordinate.categorical ? coordinate.gridPosition(0) : coordinate.fromUniform(0.5)

interface DesignRequest {
  readonly space: Space
  readonly encoding: Encoding
  readonly history: History
  /** The seed of the sequence, the same for all trials of a study. */
  readonly design: number
  readonly rng: Rng
  /** The only configurations that may be chosen, none of them tried; absent: the whole space. */
  readonly listed?: readonly Params[]
}
