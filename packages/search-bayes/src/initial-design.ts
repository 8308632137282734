import { deriveRng, type History, type Params, type PriorMean, type Rng, type Space } from '@rondo/core'
import { nearest } from './candidates.ts'
import type { Coordinate } from './encoding/coordinate.ts'
import type { Encoding } from './encoding/encoding.ts'
import { scrambledSobol } from './numerics/sobol.ts'

/** Points of the sequence that are looked at for one that is allowed, before drawing at random. */
const LOOKED_AT = 64

/** Points of the sequence of which, by a prior mean, the most promising is tried. */
const COMPARED = 16

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
 * begins there too). Then come the points of a scrambled Sobol sequence, or, where something is expected of
 * configurations, the most promising of {@link COMPARED} for each trial. What violates a constraint or was tried is
 * left out. Where only some candidates may be suggested, the nearest one stands for each point.
 *
 * @returns `undefined` where neither the sequence nor draws brought an untried configuration.
 */
export function nextOfDesign(request: DesignRequest): Params | undefined {
  const { space, history, rng, encoding, candidates, priorMean } = request
  const allowed = (params: Params): boolean => space.satisfies(params) && !history.hasTried(params)
  const carriedOut = (params: Params): Params => (candidates ? nearest(candidates, params, encoding) : params)
  if (history.trials.length === 0) {
    const middle = carriedOut(middleOfSpace(request))
    if (allowed(middle)) return middle
  }
  const points = pointsOfSequence(request, LOOKED_AT, priorMean ? COMPARED : 1)
  const point = points.find((params) => allowed(carriedOut(params)))
  const first = point && carriedOut(point)
  if (first !== undefined && priorMean !== undefined) {
    const others = points
      .slice(0, COMPARED)
      .map((other) => carriedOut(withCategoriesOf(first, other, encoding)))
    return mostExpected([first, ...others.filter(allowed)], priorMean)
  }
  if (first !== undefined) return first
  for (let i = 0; i < LOOKED_AT; i++) {
    const params = space.sample(rng)
    if (allowed(params)) return params
  }
  return undefined
}

/** A point with the categories of another: what is expected of these is learned from few data sets, so that each is tried. */
function withCategoriesOf(
  first: Params,
  point: Params,
  { coordinates, positionsOf, paramsAt }: Encoding,
): Params {
  const [own, other] = [positionsOf(point), positionsOf(first)]
  return paramsAt(own.map((position, i) => (coordinates[i]!.categorical ? other[i]! : position)))
}

function mostExpected(points: readonly Params[], priorMean: PriorMean): Params {
  return points.reduce((best, params) => (priorMean(params, 1) > priorMean(best, 1) ? params : best))
}

const middleOfSpace = ({ encoding }: DesignRequest): Params =>
  encoding.paramsAt(Float64Array.from(encoding.coordinates, middleOf))

/** The next `count` points of the scrambled Sobol sequence, of which a trial uses up `each`. */
function pointsOfSequence(
  { encoding, history, design }: DesignRequest,
  count: number,
  each: number,
): Params[] {
  const { coordinates } = encoding
  const d = coordinates.length
  const own = history.trials.filter((trial) => trial.origin === 'search').length
  const first = each * (history.trials[0]?.origin === 'search' ? own - 1 : own)
  const points = scrambledSobol(count, d, deriveRng({ seed: design, purpose: 'design' }), first)
  return Array.from({ length: count }, (_, i) =>
    encoding.paramsAt(
      Float64Array.from(coordinates, (coordinate, c) => coordinate.fromUniform(points[i * d + c]!)),
    ),
  )
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
  /** The only configurations that may be suggested, untried ones. */
  readonly candidates?: readonly Params[]
  readonly priorMean?: PriorMean
}
