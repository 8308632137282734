import { erfcx } from './erfcx.ts'

const INV_SQRT_2PI = 0.3989422804014327
const HALF_LOG_2PI = 0.9189385332046727
const SQRT_HALF_PI = 1.2533141373155003

/** Density of the standard normal distribution. */
export function normalPdf(z: number): number {
  return INV_SQRT_2PI * Math.exp(-0.5 * z * z)
}

/** Mills's ratio (1 − Φ(t)) / φ(t) for t ≥ 0, without underflow. */
function millsRatio(t: number): number {
  return SQRT_HALF_PI * erfcx(t * Math.SQRT1_2)
}

/** Distribution function Φ of the standard normal distribution. */
export function normalCdf(z: number): number {
  return z < 0 ? normalPdf(z) * millsRatio(-z) : 1 - normalPdf(z) * millsRatio(z)
}

/** ln Φ(z), exact far into the lower tail. */
export function logNormalCdf(z: number): number {
  return z < 0 ? -0.5 * z * z - HALF_LOG_2PI + Math.log(millsRatio(-z)) : Math.log1p(-normalCdf(-z))
}

/** φ(z) / Φ(z), the derivative of {@link logNormalCdf}. */
export function inverseMills(z: number): number {
  return z < 0 ? 1 / millsRatio(-z) : normalPdf(z) / normalCdf(z)
}

/** Below this, 1 − t·Mills(t) is taken from its asymptotic series: the difference would lose its digits. */
const SERIES_BELOW = -25

/** 1 − t·Mills(t) for large t: t⁻² − 3t⁻⁴ + 15t⁻⁶ − … (Abramowitz and Stegun 26.2.12). */
function tailSeries(t: number): number {
  const s = 1 / (t * t)
  return s * (1 - s * (3 - s * (15 - s * (105 - s * 945))))
}

/**
 * ln h(z) with h(z) = φ(z) + z·Φ(z), and its derivative Φ(z) / h(z). h is expected improvement in units of the
 * standard deviation; its logarithm stays usable where h underflows (Ament et al., "Unexpected Improvements to
 * Expected Improvement", 2023, eq. 9).
 */
export function logExpectedExcess(z: number): { readonly value: number; readonly slope: number } {
  if (z > -1) {
    const cdf = normalCdf(z)
    const h = normalPdf(z) + z * cdf
    return { value: Math.log(h), slope: cdf / h }
  }
  const t = -z
  const mills = millsRatio(t)
  const rest = z < SERIES_BELOW ? tailSeries(t) : 1 - t * mills
  return { value: -0.5 * z * z - HALF_LOG_2PI + Math.log(rest), slope: mills / rest }
}

/**
 * The quantile Φ⁻¹(p) for 0 < p < 1: the approximation of Abramowitz and Stegun 26.2.23, made exact by Halley's steps
 * on Φ(z) = p.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p)
  const t = Math.sqrt(-2 * Math.log(p))
  let z =
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let i = 0; i < 3; i++) {
    const error = (normalCdf(z) - p) / normalPdf(z)
    z -= error / (1 + (error * z) / 2)
  }
  return z
}
