import {
  choleskyInPlace,
  halfLogDeterminant,
  inverseFromLower,
  invertLower,
  solveLower,
} from '../numerics/cholesky.ts'
import type { Differentiable } from '../numerics/lbfgs.ts'
import { matern52Slope } from '../numerics/matern.ts'
import { type Metric, pairwiseSquares, scaledDistances } from './covariance.ts'
import type { Rows } from './posterior.ts'

const SQRT_5 = Math.sqrt(5)

/** The likelihood of theta, given rows (Rasmussen and Williams 2006, eq. 5.8 and 5.9). An evaluation costs O(n³). */
export interface MarginalLikelihood {
  /** −ln p(y | theta), up to a constant; Infinity where K is not positive definite. */
  negativeLog(theta: Float64Array): number
  /** The same, with its analytic gradient written to `gradient`. */
  withGradient: Differentiable
}

/** Prepares what does not depend on theta, and room to work in. */
export function marginalLikelihood(rows: Rows, metric: Metric): MarginalLikelihood {
  const n = rows.y.length
  const d = metric.length
  const pairs = (n * (n - 1)) / 2
  const squares = pairwiseSquares(rows.x, n, metric)
  const distances = new Float64Array(pairs)
  const slopes = new Float64Array(pairs)
  const a = new Float64Array(n * n)
  // Given its mean, the deviations of a row's measurements are independent of the function: they speak of noise alone.
  const { squares: withinSquares, freedom } = rows.within ?? { squares: 0, freedom: 0 }
  const ofRepeats = (logNoise: number): number =>
    0.5 * (freedom * logNoise + withinSquares / Math.exp(logNoise))

  /** Leaves the Cholesky factor of K + noise in `a`, and the squared distances in `distances`. */
  const factor = (theta: Float64Array): boolean => {
    const variance = Math.exp(theta[d]!)
    const noise = Math.exp(theta[d + 1]!)
    scaledDistances(squares, pairs, theta, d, distances)
    for (let i = 0, p = 0; i < n; i++) {
      for (let j = 0; j < i; j++, p++) {
        const r = SQRT_5 * Math.sqrt(distances[p]!)
        a[i * n + j] = variance * (1 + r + (r * r) / 3) * Math.exp(-r)
      }
      a[i * n + i] = variance * (1 + 1e-10) + noise / rows.repeats[i]!
    }
    return choleskyInPlace(a, n)
  }

  const negativeLog = (theta: Float64Array): number => {
    if (!factor(theta)) return Number.POSITIVE_INFINITY
    const white = rows.y.slice()
    solveLower(a, n, white)
    return (
      halfLogDeterminant(a, n) + 0.5 * white.reduce((sum, v) => sum + v * v, 0) + ofRepeats(theta[d + 1]!)
    )
  }

  const withGradient: Differentiable = (theta, gradient) => {
    if (!factor(theta)) return Number.POSITIVE_INFINITY
    const variance = Math.exp(theta[d]!)
    const noise = Math.exp(theta[d + 1]!)
    const precision = inverseFromLower(invertLower(a, n), n)
    const alpha = symmetricTimes(precision, rows.y)
    let fit = 0
    for (let i = 0; i < n; i++) fit += alpha[i]! * rows.y[i]!

    // ∂/∂θ = ½ tr((K⁻¹ − ααᵀ)·∂K/∂θ), over the lower triangle.
    let byNoise = 0
    for (let i = 0, p = 0; i < n; i++) {
      for (let j = 0; j < i; j++, p++) {
        const weight = precision[i * n + j]! - alpha[i]! * alpha[j]!
        slopes[p] = weight * variance * matern52Slope(distances[p]!)
      }
      const diagonal = precision[i * n + i]! - alpha[i]! * alpha[i]!
      byNoise += 0.5 * diagonal * (noise / rows.repeats[i]!)
    }
    for (let c = 0; c < d; c++) {
      const offset = c * pairs
      let sum = 0
      for (let p = 0; p < pairs; p++) sum += slopes[p]! * squares[offset + p]!
      gradient[c] = -2 * Math.exp(-2 * theta[c]!) * sum
    }
    // σ²·∂K/∂σ² = K − noise, and tr((K⁻¹ − ααᵀ)·K) = n − yᵀα.
    gradient[d] = 0.5 * (n - fit) - byNoise
    gradient[d + 1] = byNoise + 0.5 * (freedom - withinSquares / noise)
    return 0.5 * fit + halfLogDeterminant(a, n) + ofRepeats(theta[d + 1]!)
  }
  return { negativeLog, withGradient }
}

/** A symmetric matrix, of which only the lower triangle is filled, times a vector. */
function symmetricTimes(a: Float64Array, v: Float64Array): Float64Array {
  const n = v.length
  const result = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const row = i * n
    let sum = a[row + i]! * v[i]!
    for (let j = 0; j < i; j++) {
      sum += a[row + j]! * v[j]!
      result[j] = result[j]! + a[row + j]! * v[i]!
    }
    result[i] = result[i]! + sum
  }
  return result
}
