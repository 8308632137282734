import type { Coordinate } from '../encoding/coordinate.ts'
import { minimizeInBox } from '../numerics/lbfgs.ts'
import { averaged, type Candidate, type Landscape, meritsOf } from './landscape.ts'

/** Rounds of climbing, each over the smooth coordinates and then over the values of the others. */
const ROUNDS = 5
/** How far, in grid steps, a fine grid is searched around the place where the climb over smooth coordinates ended. */
const GRID_REACH = [1, 2, 3, 5, 8]
/** Half the distance over which the slope of a trend is taken, by differences; on a grid several of its steps. */
const TREND_STEP = 1e-3
const TREND_STEP_ON_GRID = 0.05

/**
 * Improves a candidate until neither the smooth coordinates (L-BFGS along the gradient) nor any single other one (a
 * scan of its values) makes it better. The result is allowed, and never worse than the start.
 */
export function climb(landscape: Landscape, start: Candidate): Candidate {
  let best = start
  for (let round = 0; round < ROUNDS; round++) {
    const before = best.merit
    best = scanned(landscape, alongGradient(landscape, best))
    if (!(best.merit > before + 1e-9 * Math.abs(before))) break
  }
  return best
}

/** Coordinates that are active at the candidate and smooth. */
function smoothOf({ encoding }: Landscape, candidate: Candidate): number[] {
  return encoding.coordinates.flatMap((c, i) =>
    c.smooth && candidate.params[c.name] !== undefined ? [i] : [],
  )
}

function alongGradient(landscape: Landscape, candidate: Candidate): Candidate {
  const { encoding, models } = landscape
  const moving = smoothOf(landscape, candidate)
  if (moving.length === 0) return candidate
  const features = new Float64Array(encoding.metric.length)
  encoding.encode(candidate.params, features)
  const meanGradient = new Float64Array(features.length)
  const sdGradient = new Float64Array(features.length)
  const trendAt = trendAround(landscape, candidate, moving)
  const { x } = minimizeInBox(
    (x, gradient) => {
      for (const [i, c] of moving.entries()) features[c] = x[i]!
      const trend = trendAt(x)
      const parts = models.map(({ posterior, acquisition }) => {
        const { mean, sd } = posterior.predictWithGradient(features, meanGradient, sdGradient)
        const { value, byMean, bySd } = acquisition(mean + trend.here, sd)
        return {
          value,
          slopes: moving.map(
            (c, i) => byMean * (meanGradient[c]! + trend.slopes[i]!) + bySd * sdGradient[c]!,
          ),
        }
      })
      const value = averaged(
        landscape,
        parts.map((p) => p.value),
      )
      gradient.fill(0)
      for (const part of parts) {
        // The derivative of a logarithm of a mean weighs each model by its share.
        const w = (landscape.scale === 'logarithm' ? Math.exp(part.value - value) : 1) / parts.length
        for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! - w * part.slopes[i]!
      }
      return -value
    },
    Float64Array.from(moving, (c) => features[c]!),
    {
      lower: new Float64Array(moving.length),
      upper: new Float64Array(moving.length).fill(1),
      maxIterations: 20,
      gradientTolerance: 1e-4,
      valueTolerance: 1e-6,
    },
  )
  const moved = candidate.positions.slice()
  for (const [i, c] of moving.entries()) moved[c] = x[i]!
  // Snapping to a grid or a constraint may spoil the gain: half the way is tried too.
  const halfway = moved.map((v, i) => (v + candidate.positions[i]!) / 2)
  return bestOf(candidate, meritsOf(landscape, [moved, halfway]))
}

/** The trend where some coordinates are moved to, and its slopes along them. */
function trendAround(
  { encoding, trend }: Landscape,
  { positions }: Candidate,
  moving: readonly number[],
): (x: Float64Array) => { readonly here: number; readonly slopes: readonly number[] } {
  if (trend === undefined) {
    const none = { here: 0, slopes: moving.map(() => 0) }
    return () => none
  }
  const moved = positions.slice()
  const at = (coordinate: number, position: number): number => {
    const before = moved[coordinate]!
    moved[coordinate] = position
    const value = trend(encoding.paramsAt(moved))
    moved[coordinate] = before
    return value
  }
  return (x) => {
    for (const [i, c] of moving.entries()) moved[c] = x[i]!
    const slopes = moving.map((c, i) => {
      const continuous = encoding.coordinates[c]!.count === Number.POSITIVE_INFINITY
      const step = continuous ? TREND_STEP : TREND_STEP_ON_GRID
      const [low, high] = [Math.max(0, x[i]! - step), Math.min(1, x[i]! + step)]
      return (at(c, high) - at(c, low)) / (high - low)
    })
    return { here: trend(encoding.paramsAt(moved)), slopes }
  }
}

function scanned(landscape: Landscape, candidate: Candidate): Candidate {
  let best = candidate
  for (const [i, coordinate] of landscape.encoding.coordinates.entries()) {
    if (best.params[coordinate.name] === undefined) continue
    const around = alternatives(coordinate, best.positions[i]!).map((position) => {
      const positions = best.positions.slice()
      positions[i] = position
      return positions
    })
    if (around.length > 0) best = bestOf(best, meritsOf(landscape, around))
  }
  return best
}

/** The other values of a grid or a category that are worth a look. */
function alternatives(coordinate: Coordinate, position: number): number[] {
  const { count } = coordinate
  if (count === Number.POSITIVE_INFINITY) return []
  const here = coordinate.indexAt(position)
  const indices = coordinate.smooth
    ? GRID_REACH.flatMap((step) => [here - step, here + step])
    : Array.from({ length: count }, (_, index) => index)
  return indices.filter((i) => i !== here && i >= 0 && i < count).map(coordinate.gridPosition)
}

function bestOf(candidate: Candidate, others: readonly Candidate[]): Candidate {
  return others.reduce((best, other) => (other.merit > best.merit ? other : best), candidate)
}
