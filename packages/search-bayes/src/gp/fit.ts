import type { Rng } from '@rondo/core'
import { type Differentiable, minimizeInBox } from '../numerics/lbfgs.ts'
import type { MarginalLikelihood } from './marginal-likelihood.ts'
import type { Prior } from './prior.ts'

/** Where a fit starts from. */
export interface FitStarts {
  /** The theta of an earlier fit, where there is one of as many components. */
  readonly last?: Float64Array
  /** Whether the prior's median is a start; it is one where there is no other. */
  readonly anew: boolean
  /** The number of starts drawn from the prior. */
  readonly random: number
  readonly rng: Rng
}

/** The theta of the highest posterior density that was found from several starts (MAP). */
export function fitTheta(
  likelihood: MarginalLikelihood,
  prior: Prior,
  { last, anew, random, rng }: FitStarts,
): Float64Array {
  const f = negativeLogPosterior(likelihood, prior)
  const starts = last?.length === prior.median.length ? [last] : []
  if (anew || starts.length === 0) starts.push(prior.median)
  for (let i = 0; i < random; i++) starts.push(prior.median.map((m, c) => m + prior.sd[c]! * rng.normal()))
  let best = prior.median
  let least = Number.POSITIVE_INFINITY
  for (const start of starts) {
    const { x, value } = minimizeInBox(f, start, {
      lower: prior.lower,
      upper: prior.upper,
      maxIterations: 30,
      gradientTolerance: 1e-2,
      valueTolerance: 1e-6,
    })
    if (value < least) {
      least = value
      best = x
    }
  }
  return best
}

/** −ln p(theta | y), up to a constant: what the best theta minimises. */
export function negativeLogPosterior(likelihood: MarginalLikelihood, prior: Prior): Differentiable {
  return (theta, gradient) => {
    const value = likelihood.withGradient(theta, gradient)
    return value === Number.POSITIVE_INFINITY ? value : value + prior.addTo(theta, gradient)
  }
}
