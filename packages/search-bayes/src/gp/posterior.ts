import { RondoError } from '@rondo/core'
import { choleskyInPlace, invertLower } from '../numerics/cholesky.ts'
import {
  addCovarianceGradient,
  type Covariance,
  covarianceOf,
  covariances,
  type Metric,
} from './covariance.ts'

/** Observations of a Gaussian process. */
export interface Rows {
  /** `[n, d]` */
  readonly x: Float64Array
  /** `[n]` */
  readonly y: Float64Array
  /** `[n]`: the number of measurements whose mean the row is; its noise is divided by it. */
  readonly repeats: Float64Array
  /** What repeated measurements tell of the noise, beyond their means. */
  readonly within?: Within
}

/** Deviations of repeated measurements from the means of their rows. */
export interface Within {
  /** The sum of their squares. */
  readonly squares: number
  /** Measurements less rows. */
  readonly freedom: number
}

export interface Prediction {
  readonly mean: number
  /** Standard deviation of the function, without the noise of a measurement. */
  readonly sd: number
}

/** Smallest predictive variance, relative to σ²: below it is rounding. */
const LEAST_VARIANCE = 1e-10

/** Jitter from which on, as a share of the variance, K is singular for another reason than rounding. */
const MOST_JITTER = 1

/** A Gaussian process of mean 0 conditioned on rows (Rasmussen and Williams 2006, algorithm 2.1). */
export class Posterior {
  readonly rows: Rows
  readonly theta: Float64Array
  readonly n: number
  readonly d: number
  readonly #covariance: Covariance
  /** L⁻¹ `[n, n]`: multiplying by it costs what solving does, and reads memory in order. */
  readonly #inverse: Float64Array
  /** (K + noise)⁻¹·y */
  readonly #alpha: Float64Array

  constructor(rows: Rows, theta: Float64Array, metric: Metric) {
    const n = rows.y.length
    this.rows = rows
    this.theta = theta
    this.n = n
    this.d = metric.length
    this.#covariance = covarianceOf(theta, metric)
    this.#inverse = invertLower(this.#factor(), n)
    this.#alpha = this.#timesPrecision(rows.y)
  }

  #factor(): Float64Array {
    const { n, d, rows } = this
    const noise = Math.exp(this.theta[d + 1]!)
    // Duplicate rows with little noise make K singular in floating point: add more until it is not.
    for (let jitter = 1e-10; jitter < MOST_JITTER; jitter *= 10) {
      const a = new Float64Array(n * n)
      const k = new Float64Array(n)
      for (let i = 0; i < n; i++) {
        covariances(this.#covariance, rows.x, i + 1, rows.x, i * d, k)
        for (let j = 0; j <= i; j++) a[i * n + j] = k[j]!
        a[i * n + i] = a[i * n + i]! * (1 + jitter) + noise / rows.repeats[i]!
      }
      if (choleskyInPlace(a, n)) return a
    }
    // A row that is no number: no jitter helps, and an error is better than a search that never answers.
    throw new RondoError('RONDO_INTERNAL', {
      message: `The covariance of ${n} rows is not positive definite.`,
      value: [...this.theta],
    })
  }

  /** L⁻¹·v */
  #whiten(v: Float64Array): Float64Array {
    const { n } = this
    const white = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const row = i * n
      let sum = 0
      for (let j = 0; j <= i; j++) sum += this.#inverse[row + j]! * v[j]!
      white[i] = sum
    }
    return white
  }

  /** (K + noise)⁻¹·v */
  #timesPrecision(v: Float64Array): Float64Array {
    return this.#unwhiten(this.#whiten(v))
  }

  /** L⁻ᵀ·v */
  #unwhiten(white: Float64Array): Float64Array {
    const { n } = this
    const result = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const row = i * n
      const factor = white[i]!
      for (let j = 0; j <= i; j++) result[j] = result[j]! + factor * this.#inverse[row + j]!
    }
    return result
  }

  /** Mean and standard deviation at one point `[d]`. */
  predict(point: Float64Array): Prediction {
    const mean = new Float64Array(1)
    const sd = new Float64Array(1)
    this.predictMany(point, 1, mean, sd)
    return { mean: mean[0]!, sd: sd[0]! }
  }

  /** Means and standard deviations of `count` points `[count, d]`. */
  predictMany(points: Float64Array, count: number, mean: Float64Array, sd: Float64Array): void {
    const { n, d } = this
    const variance = this.#covariance.variance
    const inverse = this.#inverse
    // Four points at a time: each element of L⁻¹ is read once for four independent sums.
    const k0 = new Float64Array(n)
    const k1 = new Float64Array(n)
    const k2 = new Float64Array(n)
    const k3 = new Float64Array(n)
    const ks = [k0, k1, k2, k3]
    for (let at = 0; at < count; at += 4) {
      const width = Math.min(4, count - at)
      for (let q = 0; q < width; q++)
        covariances(this.#covariance, this.rows.x, n, points, (at + q) * d, ks[q]!)
      let v0 = 0
      let v1 = 0
      let v2 = 0
      let v3 = 0
      let m0 = 0
      let m1 = 0
      let m2 = 0
      let m3 = 0
      for (let i = 0; i < n; i++) {
        const row = i * n
        let s0 = 0
        let s1 = 0
        let s2 = 0
        let s3 = 0
        for (let j = 0; j <= i; j++) {
          const w = inverse[row + j]!
          s0 += w * k0[j]!
          s1 += w * k1[j]!
          s2 += w * k2[j]!
          s3 += w * k3[j]!
        }
        v0 += s0 * s0
        v1 += s1 * s1
        v2 += s2 * s2
        v3 += s3 * s3
        const a = this.#alpha[i]!
        m0 += a * k0[i]!
        m1 += a * k1[i]!
        m2 += a * k2[i]!
        m3 += a * k3[i]!
      }
      const means = [m0, m1, m2, m3]
      const explained = [v0, v1, v2, v3]
      for (let q = 0; q < width; q++) {
        mean[at + q] = means[q]!
        sd[at + q] = Math.sqrt(Math.max(variance - explained[q]!, LEAST_VARIANCE * variance))
      }
    }
  }

  /** Mean and standard deviation at a point, with their gradients `[d]` (0 in Hamming dimensions). */
  predictWithGradient(point: Float64Array, meanGradient: Float64Array, sdGradient: Float64Array): Prediction {
    const { n } = this
    const k = new Float64Array(n)
    covariances(this.#covariance, this.rows.x, n, point, 0, k)
    const white = this.#whiten(k)
    let mean = 0
    let explained = 0
    for (let i = 0; i < n; i++) {
      mean += this.#alpha[i]! * k[i]!
      explained += white[i]! * white[i]!
    }
    const least = LEAST_VARIANCE * this.#covariance.variance
    const variance = Math.max(this.#covariance.variance - explained, least)
    const sd = Math.sqrt(variance)
    meanGradient.fill(0)
    addCovarianceGradient(this.#covariance, this.rows.x, n, point, this.#alpha, meanGradient)
    sdGradient.fill(0)
    if (variance > least) {
      // d sd = d variance / (2 sd), and d variance = −2·kᵀ(K + noise)⁻¹ dk.
      const w = this.#unwhiten(white).map((v) => -v / sd)
      addCovarianceGradient(this.#covariance, this.rows.x, n, point, w, sdGradient)
    }
    return { mean, sd }
  }
}
