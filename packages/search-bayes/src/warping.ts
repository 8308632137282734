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
 */
export function warpTargets(values: readonly number[], objective: Objective): Warped {
  const sign = objective.direction === 'minimize' ? -1 : 1
  const measured = values.filter((v) => !Number.isNaN(v)).map((v) => sign * v)
  const warp = measured.length === 0 ? undefined : warpOf(measured)
  const targets = Float64Array.from(values, (v) =>
    Number.isNaN(v) || warp === undefined ? Number.NaN : warp(sign * v),
  )
  return standardised(withFailures(targets))
}

/** The half-rank warp followed by the log warp. */
function warpOf(measured: readonly number[]): (value: number) => number {
  const halfRank = halfRankWarp(measured)
  const ranked = measured.map(halfRank)
  const best = ranked.reduce((a, b) => Math.max(a, b))
  const worst = ranked.reduce((a, b) => Math.min(a, b))
  if (best === worst) return () => 0
  return (value) => {
    const behind = (best - halfRank(value)) / (best - worst)
    return 0.5 - Math.log1p(behind * (LOG_OFFSET - 1)) / Math.log(LOG_OFFSET)
  }
}

/**
 * Leaves values from the median upward as they are. Those below keep their order only: they are put where a normal
 * distribution with the spread of the upper half would have them.
 */
function halfRankWarp(measured: readonly number[]): (value: number) => number {
  const ascending = measured.toSorted((a, b) => a - b)
  const n = ascending.length
  const median = n % 2 === 1 ? ascending[(n - 1) / 2]! : (ascending[n / 2 - 1]! + ascending[n / 2]!) / 2
  const upper = ascending.filter((v) => v >= median)
  const spread = Math.sqrt(upper.reduce((sum, v) => sum + (v - median) ** 2, 0) / upper.length)
  if (!(spread > 0)) return (value) => value
  const below = new Map<number, number>()
  for (let first = 0; first < n && ascending[first]! < median; ) {
    const value = ascending[first]!
    const after = ascending.lastIndexOf(value) + 1
    // Equal values share the middle of their places, which lies below one half as they lie below the median.
    below.set(value, median + spread * normalQuantile((first + after) / 2 / n))
    first = after
  }
  return (value) => below.get(value) ?? value
}

/** Puts failures at the worst − (½ range + 1). */
function withFailures(targets: Float64Array): Float64Array {
  const measured = targets.filter((v) => !Number.isNaN(v))
  if (measured.length === targets.length) return targets
  const best = measured.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const worst = measured.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const penalty = measured.length === 0 ? 0 : worst - (0.5 * (best - worst) + 1)
  return targets.map((v) => (Number.isNaN(v) ? penalty : v))
}

function standardised(targets: Float64Array): Float64Array {
  const n = targets.length
  const mean = targets.reduce((a, b) => a + b, 0) / n
  const sd = Math.sqrt(targets.reduce((a, b) => a + (b - mean) ** 2, 0) / n)
  return targets.map((v) => (sd > 0 ? (v - mean) / sd : 0))
}
