import { deriveRng, type History, type Params, type Rng, type Space } from '@rondo/core'
import type { Coordinate } from './encoding/coordinate.ts'
import type { Encoding } from './encoding/encoding.ts'
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
 * left out.
 *
 * @returns `undefined` where neither the sequence nor draws brought an untried configuration.
 */
export function nextOfDesign(request: DesignRequest): Params | undefined {
  const { space, history, rng } = request
  const allowed = (params: Params): boolean => space.satisfies(params) && !history.hasTried(params)
  if (history.trials.length === 0) {
    const middle = middleOfSpace(request)
    if (allowed(middle)) return middle
  }
  const ofSequence = pointsOfSequence(request, LOOKED_AT).find(allowed)
  if (ofSequence !== undefined) return ofSequence
  for (let i = 0; i < LOOKED_AT; i++) {
    const params = space.sample(rng)
    if (allowed(params)) return params
  }
  return undefined
}

/** Where the next configuration of the design would be, whether it is allowed or not: the middle, or a point of the sequence. */
export const pointOfDesign = (request: DesignRequest): Params =>
  request.history.trials.length === 0 ? middleOfSpace(request) : pointsOfSequence(request, 1)[0]!

const middleOfSpace = ({ encoding }: DesignRequest): Params =>
  encoding.paramsAt(Float64Array.from(encoding.coordinates, middleOf))

/** The next `count` points of the scrambled Sobol sequence. */
function pointsOfSequence({ encoding, history, design }: DesignRequest, count: number): Params[] {
  const { coordinates } = encoding
  const d = coordinates.length
  const own = history.trials.filter((trial) => trial.origin === 'search').length
  const first = history.trials[0]?.origin === 'search' ? own - 1 : own
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
}
