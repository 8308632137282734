/** A density over theta: independent normal distributions in the logarithm, inside bounds. */
export interface Prior {
  /** `[d + 2]`: the median of each component. */
  readonly median: Float64Array
  readonly sd: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** The negative log density up to a constant; its gradient is added to `gradient`. */
  addTo(theta: Float64Array, gradient: Float64Array): number
}

/** A normal prior of one logarithm. */
interface LogNormal {
  readonly median: number
  readonly sd: number
  readonly low: number
  readonly high: number
}

/**
 * The prior of a process over `d` dimensions. Length scales grow with √d, as distances in the unit cube do (Hvarfner
 * et al., "Vanilla Bayesian Optimization Performs Great in High Dimensions", 2024).
 *
 * @param fixedNoise A noise variance that is known, and not to be fitted.
 */
export function standardPrior(d: number, fixedNoise?: number): Prior {
  const lengthScale: LogNormal = {
    median: 0.5 * Math.log(d) - 0.2,
    sd: 1,
    low: Math.log(0.01),
    high: Math.log(100),
  }
  const variance: LogNormal = { median: 0, sd: 0.5, low: Math.log(1e-3), high: Math.log(20) }
  const noise: LogNormal =
    fixedNoise === undefined
      ? { median: -4, sd: 1, low: Math.log(1e-6), high: Math.log(2) }
      : { median: Math.log(fixedNoise), sd: 1, low: Math.log(fixedNoise), high: Math.log(fixedNoise) }
  const components = [...Array.from({ length: d }, () => lengthScale), variance, noise]
  const column = (of: (c: LogNormal) => number): Float64Array => Float64Array.from(components, of)
  const median = column((c) => c.median)
  const sd = column((c) => c.sd)
  return {
    median,
    sd,
    lower: column((c) => c.low),
    upper: column((c) => c.high),
    addTo: (theta, gradient) => {
      let sum = 0
      for (let i = 0; i < theta.length; i++) {
        const z = (theta[i]! - median[i]!) / sd[i]!
        sum += 0.5 * z * z
        gradient[i] = gradient[i]! + z / sd[i]!
      }
      return sum
    },
  }
}
