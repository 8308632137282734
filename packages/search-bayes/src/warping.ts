import type { Objective } from '@rondo/core'
import { normalQuantile } from './numerics/normal.ts'

/** Targets of the Gaussian process: the larger the better, mean 0, standard deviation 1. */
export type Warped = Float64Array

/** How strongly good values are spread out against bad ones by the log warp. */
const LOG_OFFSET = 1.5

/**
 * Warps measured values into targets that a Gaussian process can model, as OSS Vizier does (Song et al., "The Vizier
 * Gaussian Process Bandit Algorithm", 2024, section 4.2): values below the median are replaced by normal quantiles,
 * so that a few very bad ones do not dominate; a logarithm then spreads the good ones; failures go below the worst.
 *
 * @param values Of any direction and scale; NaN for a failed trial.
 * @param budgets Whether the values are of one budget or of several. Those of several bunch up where trials have only
 * begun to learn, above the median too, and their distances mean little: half of the weight has their rank among all.
 */
export function warpTargets(
  values: readonly number[],
  objective: Objective,
  budgets: 'one' | 'several' = 'one',
): Warped {
  const sign = objective.direction === 'minimize' ? -1 : 1
  const signed = Float64Array.from(values, (v) => sign * v)
  const quantiles = quantilesOf(signed)
  const warped = logWarped(halfRankWarped(signed, quantiles))
  return standardised(withFailures(budgets === 'one' ? warped : halfwayTo(quantiles, warped)))
}

/** The mean of both, each with a standard deviation of 1. */
function halfwayTo(a: Float64Array, b: Float64Array): Float64Array {
  const other = standardised(b)
  return standardised(a).map((v, i) => (v + other[i]!) / 2)
}

const numbersOf = (values: Float64Array): Float64Array => values.filter((v) => !Number.isNaN(v))

function extremesOf(numbers: Float64Array): { readonly best: number; readonly worst: number } {
  return {
    best: numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    worst: numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
  }
}

/** The normal quantile of each value's place among all, from 0 to 1; equal ones share the middle of theirs. NaN for NaN. */
export function quantilesOf(values: Float64Array): Float64Array {
  const ascending = numbersOf(values).sort()
  const n = ascending.length
  const quantiles = new Map<number, number>()
  for (let first = 0, after = 0; first < n; first = after) {
    const value = ascending[first]!
    while (ascending[after] === value) after++
    quantiles.set(value, normalQuantile((first + after) / 2 / n))
  }
  return values.map((v) => quantiles.get(v) ?? Number.NaN)
}

/** Spreads good values out against bad ones; NaN for NaN. */
function logWarped(values: Float64Array): Float64Array {
  const { best, worst } = extremesOf(numbersOf(values))
  const range = best - worst
  if (!(range > 0)) return values.map((v) => (Number.isNaN(v) ? v : 0))
  return values.map((v) => 0.5 - Math.log1p(((best - v) / range) * (LOG_OFFSET - 1)) / Math.log(LOG_OFFSET))
}

/**
 * Leaves values from the median upward as they are. Those below keep their order only: they are put where a normal
 * distribution with the spread of the upper half would have them.
 */
function halfRankWarped(values: Float64Array, quantiles: Float64Array): Float64Array {
  const ascending = numbersOf(values).sort()
  const n = ascending.length
  const median = n % 2 === 1 ? ascending[(n - 1) / 2]! : (ascending[n / 2 - 1]! + ascending[n / 2]!) / 2
  const upper = ascending.filter((v) => v >= median)
  const spread = Math.sqrt(upper.reduce((sum, v) => sum + (v - median) ** 2, 0) / upper.length)
  if (!(spread > 0)) return values
  // A value below the median has a negative quantile, also where it shares the middle of several places.
  return values.map((v, i) => (v < median ? median + spread * quantiles[i]! : v))
}

/** Puts failures at the worst − (½ range + 1). */
function withFailures(targets: Float64Array): Float64Array {
  const measured = numbersOf(targets)
  if (measured.length === targets.length) return targets
  const { best, worst } = extremesOf(measured)
  const penalty = measured.length === 0 ? 0 : worst - (0.5 * (best - worst) + 1)
  return targets.map((v) => (Number.isNaN(v) ? penalty : v))
}

/** Of the numbers among them mean 0 and standard deviation 1; NaN for NaN. */
function standardised(targets: Float64Array): Float64Array {
  const numbers = numbersOf(targets)
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length
  const sd = Math.sqrt(numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / numbers.length)
  return targets.map((v) => (sd > 0 || Number.isNaN(v) ? (v - mean) / sd : 0))
}
