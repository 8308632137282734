import { matern52, matern52Slope } from '../numerics/matern.ts'

/**
 * Notation of this folder, with n rows and d dimensions:
 *
 * | name | shape | meaning |
 * |---|---|---|
 * | `x` | `[n, d]` | encoded configurations, row by row |
 * | `y` | `[n]` | warped targets, the larger the better |
 * | `theta` | `[d + 2]` | ln ℓ₁ … ln ℓ_d, ln σ², ln noise |
 * | `k` | `[n]` | covariances of one point with the rows |
 * | `l` | `[n, n]` | lower Cholesky factor of K + noise |
 */

/** For each dimension whether it compares by equality (Hamming) and not by difference. */
export type Metric = readonly boolean[]

/** Squared difference in one dimension; for a Hamming dimension 1 where unequal. */
function squaredDifference(a: number, b: number, hamming: boolean): number {
  if (hamming) return a === b ? 0 : 1
  return (a - b) * (a - b)
}

/** Squared distance of the point at `x[from …]` from that at `y[to …]`, without length scales. */
export function unscaledDistance(
  x: Float64Array,
  from: number,
  y: Float64Array,
  to: number,
  metric: Metric,
): number {
  let distance = 0
  for (let c = 0; c < metric.length; c++) distance += squaredDifference(x[from + c]!, y[to + c]!, metric[c]!)
  return distance
}

/**
 * For every pair of rows i > j its squared differences, dimension by dimension: `[d, n(n−1)/2]`. They do not depend on
 * theta, so a fit computes them once.
 */
export function pairwiseSquares(x: Float64Array, n: number, metric: Metric): Float64Array {
  const d = metric.length
  const pairs = (n * (n - 1)) / 2
  const squares = new Float64Array(d * pairs)
  for (let c = 0; c < d; c++) {
    let p = c * pairs
    for (let i = 1; i < n; i++) {
      for (let j = 0; j < i; j++) squares[p++] = squaredDifference(x[i * d + c]!, x[j * d + c]!, metric[c]!)
    }
  }
  return squares
}

/** Squared scaled distances of all pairs under length scales `exp(theta)`, into `out [n(n−1)/2]`. */
export function scaledDistances(
  squares: Float64Array,
  pairs: number,
  theta: Float64Array,
  d: number,
  out: Float64Array,
): void {
  out.fill(0)
  for (let c = 0; c < d; c++) {
    const weight = Math.exp(-2 * theta[c]!)
    const offset = c * pairs
    for (let p = 0; p < pairs; p++) out[p] = out[p]! + weight * squares[offset + p]!
  }
}

/** A Matérn 5/2 kernel with one length scale for each dimension and variance σ². */
export interface Covariance {
  readonly metric: Metric
  /** 1 / ℓ² of each dimension. */
  readonly weights: Float64Array
  readonly variance: number
}

export function covarianceOf(theta: Float64Array, metric: Metric): Covariance {
  const d = metric.length
  return {
    metric,
    weights: Float64Array.from({ length: d }, (_, c) => Math.exp(-2 * theta[c]!)),
    variance: Math.exp(theta[d]!),
  }
}

function squaredDistance(
  { metric, weights }: Covariance,
  a: Float64Array,
  ai: number,
  b: Float64Array,
  bi: number,
): number {
  let sum = 0
  for (let c = 0; c < weights.length; c++) {
    const difference = a[ai + c]! - b[bi + c]!
    if (metric[c]) {
      if (difference !== 0) sum += weights[c]!
    } else sum += weights[c]! * difference * difference
  }
  return sum
}

/** Covariances of the point at `points[at …]` with the first `n` rows of `x`, into `k`. */
export function covariances(
  covariance: Covariance,
  x: Float64Array,
  n: number,
  points: Float64Array,
  at: number,
  k: Float64Array,
): void {
  const d = covariance.weights.length
  for (let i = 0; i < n; i++) {
    k[i] = covariance.variance * matern52(squaredDistance(covariance, points, at, x, i * d))
  }
}

/**
 * Σᵢ wᵢ·∂k(point, xᵢ)/∂point, added to `gradient [d]`; Hamming dimensions have none.
 */
export function addCovarianceGradient(
  covariance: Covariance,
  x: Float64Array,
  n: number,
  point: Float64Array,
  w: Float64Array,
  gradient: Float64Array,
): void {
  const { metric, weights, variance } = covariance
  const d = weights.length
  for (let i = 0; i < n; i++) {
    const row = i * d
    const slope = 2 * variance * w[i]! * matern52Slope(squaredDistance(covariance, point, 0, x, row))
    for (let c = 0; c < d; c++) {
      if (!metric[c]) gradient[c] = gradient[c]! + slope * weights[c]! * (point[c]! - x[row + c]!)
    }
  }
}
