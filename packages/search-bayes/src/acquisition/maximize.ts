import type { Rng, Space } from '@rondo/core'
import type { Encoding } from '../encoding/encoding.ts'
import { scrambledSobol } from '../numerics/sobol.ts'
import { climb } from './climb.ts'
import { type Candidate, type Landscape, meritsOf } from './landscape.ts'

/** Candidates that fill the space, at most; fewer where rows are many and a prediction is dear. */
const MOST_SPREAD = 2048
const LEAST_SPREAD = 256
/** Multiplications that predicting the spread candidates may take. */
const WORK = 3e7
/** Perturbations of each of the best configurations tried. */
const PERTURBED = 20
/** Standard deviation of a perturbation in the unit cube. */
const PERTURBATION = 0.1
/** Posteriors that all candidates are compared under; the best of them then under all. */
const ROUGH_MODELS = 2
/** Candidates that are compared under all posteriors, where there are more than {@link ROUGH_MODELS}. */
const SHORTLIST = 160
/** Candidates that are climbed from. */
const CLIMBERS = 5
/** Draws from the space, where constraints leave little of the cube. */
const DRAWN = 200

/** Where to look. */
export interface SearchFrom {
  readonly space: Space
  /** Positions of the best configurations tried, the best first. */
  readonly leaders: readonly Float64Array[]
  readonly rng: Rng
}

/**
 * The allowed configuration of the highest merit that is found: candidates that fill the space and others around the
 * leaders are compared, the best of them climbed from. `undefined` where no allowed one was met.
 */
export function maximizeAcquisition(
  landscape: Landscape,
  { space, leaders, rng }: SearchFrom,
): Candidate | undefined {
  const { encoding, models } = landscape
  const rough = { ...landscape, models: models.slice(0, ROUGH_MODELS) }
  const perPoint = rough.models.reduce((sum, { posterior: { n, d } }) => sum + n * (n / 2 + 4 * d) + 1, 0)
  const affordable = Math.floor(WORK / perPoint)
  const count = Math.max(LEAST_SPREAD, Math.min(MOST_SPREAD, affordable))
  let candidates = meritsOf(rough, [
    ...spread(encoding, count, rng),
    ...leaders.flatMap((leader) => Array.from({ length: PERTURBED }, () => perturbed(encoding, leader, rng))),
  ])
  if (candidates.length < count / 10) {
    const drawn = Array.from({ length: DRAWN }, () => encoding.positionsOf(space.sample(rng)))
    candidates = [...candidates, ...meritsOf(rough, drawn)]
  }
  if (models.length > ROUGH_MODELS) {
    candidates = meritsOf(
      landscape,
      distinctBest(candidates, SHORTLIST, space).map(({ positions }) => positions),
    )
  }
  const climbed = distinctBest(candidates, CLIMBERS, space).map((candidate) => climb(landscape, candidate))
  return climbed.reduce<Candidate | undefined>(
    (best, next) => (best === undefined || next.merit > best.merit ? next : best),
    undefined,
  )
}

function spread(encoding: Encoding, count: number, rng: Rng): Float64Array[] {
  const { coordinates } = encoding
  const d = coordinates.length
  const points = scrambledSobol(count, d, rng)
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from(coordinates, (coordinate, c) => coordinate.fromUniform(points[i * d + c]!)),
  )
}

/** Moves about a third of the coordinates, at least one: numbers a little, categories to any value. */
function perturbed({ coordinates }: Encoding, from: Float64Array, rng: Rng): Float64Array {
  const positions = from.slice()
  const d = coordinates.length
  const certain = d === 0 ? 0 : rng.integer(0, d - 1)
  for (const [i, coordinate] of coordinates.entries()) {
    if (i !== certain && rng.uniform() > 1 / 3) continue
    const grid = coordinate.categorical || (!coordinate.smooth && rng.uniform() < 0.3)
    positions[i] = grid
      ? coordinate.fromUniform(rng.uniform())
      : reflected(positions[i]! + PERTURBATION * rng.normal())
  }
  return positions
}

function reflected(position: number): number {
  const folded = Math.abs(position) % 2
  return folded > 1 ? 2 - folded : folded
}

/** The best candidates that differ as configurations. */
function distinctBest(candidates: readonly Candidate[], count: number, space: Space): Candidate[] {
  const best: Candidate[] = []
  const keys = new Set<string>()
  for (const candidate of candidates.toSorted((a, b) => b.merit - a.merit)) {
    const key = space.keyOf(candidate.params)
    if (keys.has(key)) continue
    keys.add(key)
    best.push(candidate)
    if (best.length === count) break
  }
  return best
}
