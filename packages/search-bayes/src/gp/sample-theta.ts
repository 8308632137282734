import type { Rng } from '@rondo/core'
import type { MarginalLikelihood } from './marginal-likelihood.ts'
import type { Prior } from './prior.ts'

/** Proposals of one slice before the state is kept as it is. */
const MOST_PROPOSALS = 30

/** A chain of draws. */
export interface Sampling {
  /** Where it begins, best at the posterior's maximum. */
  readonly start: Float64Array
  readonly count: number
  /** Steps of the chain for each draw. */
  readonly thin: number
  readonly rng: Rng
}

/**
 * Draws from the posterior of theta by elliptical slice sampling (Murray, Adams and MacKay 2010): the prior is normal,
 * so there is nothing to tune.
 */
export function sampleTheta(
  { negativeLog }: MarginalLikelihood,
  prior: Prior,
  { start, count, thin, rng }: Sampling,
): Float64Array[] {
  const { median, sd, lower, upper } = prior
  const inside = (theta: Float64Array): boolean => theta.every((t, i) => t >= lower[i]! && t <= upper[i]!)
  let state = start
  let value = negativeLog(state)
  const draws: Float64Array[] = []
  for (let step = 1; step <= count * thin; step++) {
    const other = sd.map((s, i) => (lower[i] === upper[i] ? 0 : s * rng.normal()))
    const level = value - Math.log(1 - rng.uniform())
    let angle = 2 * Math.PI * rng.uniform()
    let [low, high] = [angle - 2 * Math.PI, angle]
    for (let proposal = 0; proposal < MOST_PROPOSALS; proposal++) {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      const next = state.map((t, i) => median[i]! + (t - median[i]!) * cos + other[i]! * sin)
      const nextValue = inside(next) ? negativeLog(next) : Number.POSITIVE_INFINITY
      if (nextValue <= level) {
        state = next
        value = nextValue
        break
      }
      if (angle < 0) low = angle
      else high = angle
      angle = low + (high - low) * rng.uniform()
    }
    if (step % thin === 0) draws.push(state)
  }
  return draws
}
