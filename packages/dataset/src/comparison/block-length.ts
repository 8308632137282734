/** Autocorrelations below this many standard errors count as none (Politis and White, 2004, section 3.2). */
const SIGNIFICANT = 2

/**
 * The length of blocks with which a circular block bootstrap estimates the variance of the mean best (Politis and
 * White, 2004, with the correction of Patton, Politis and White, 2009): b = (2·G² / D)^⅓ · n^⅓, where
 * G = Σ λ(k/M)·|k|·R(k), D = 4/3·(Σ λ(k/M)·R(k))², R is the autocovariance, λ the flat-top window and M twice the lag
 * after which the autocorrelation stays insignificant.
 *
 * @param series Of one quantity, in the order of time.
 * @returns From 1 to a third of the series, and no more than 3·√n.
 */
export function blockLength(series: Float64Array): number {
  const n = series.length
  const longest = Math.max(1, Math.ceil(Math.min(3 * Math.sqrt(n), n / 3)))
  const within = Math.max(5, Math.floor(Math.log10(n)))
  const mostLags = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + within)
  const covariances = autocovariances(series, mostLags)
  const variance = covariances[0]!
  if (!(variance > 0)) return 1
  const bound = SIGNIFICANT * Math.sqrt(Math.log10(n) / n)
  const isSignificant = (lag: number) => Math.abs(covariances[lag]! / variance) >= bound
  const span = Math.min(mostLags, 2 * Math.max(1, lastSignificant(isSignificant, within, mostLags)))
  let weighted = 0
  let spectrum = variance
  for (let lag = 1; lag <= span; lag++) {
    const covariance = flatTop(lag / span) * covariances[lag]!
    weighted += 2 * lag * covariance
    spectrum += 2 * covariance
  }
  const ratio = (2 * weighted ** 2) / ((4 / 3) * spectrum ** 2)
  const length = Math.ceil(Math.cbrt(ratio) * Math.cbrt(n))
  return Number.isFinite(length) ? Math.min(longest, Math.max(1, length)) : longest
}

/** The lag after which the next `within` are all insignificant; where there is none, the last significant one. */
function lastSignificant(isSignificant: (lag: number) => boolean, within: number, mostLags: number): number {
  let last = 0
  for (let lag = 1; lag <= mostLags; lag++) {
    if (isSignificant(lag)) last = lag
    else if (lag - last >= within) return last
  }
  return last
}

/** R(k) = 1/n · Σ (xₜ − x̄)·(xₜ₊ₖ − x̄) for k = 0 … `lags`. */
function autocovariances(series: Float64Array, lags: number): Float64Array {
  const n = series.length
  const mean = series.reduce((sum, value) => sum + value, 0) / n
  return Float64Array.from({ length: lags + 1 }, (_, lag) => {
    let sum = 0
    for (let t = 0; t + lag < n; t++) sum += (series[t]! - mean) * (series[t + lag]! - mean)
    return sum / n
  })
}

const flatTop = (share: number): number => Math.min(1, 2 * (1 - share))
