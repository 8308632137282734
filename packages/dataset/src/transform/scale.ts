import type { Scale } from '../options.ts'

/** value ↦ (g(value) − center) / spread, g(x) = sign(x)·ln(1 + |x|) where `log`, else x. It is JSON. */
export interface Scaler {
  readonly log: boolean
  readonly center: number
  readonly spread: number
}

export const IDENTITY: Scaler = { log: false, center: 0, spread: 1 }

/** The logarithm that takes 0 to 0 and keeps the sign, so that temperatures can be scaled like counts. */
export const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value))
export const signedExp = (value: number): number => Math.sign(value) * Math.expm1(Math.abs(value))

/**
 * Fits the center and spread of finite values that have been through g already: mean and standard deviation
 * (`standard`, `log1p`), minimum and range (`minmax`), median and interquartile range (`robust`). A spread of 0 is
 * taken as 1.
 */
export function fitScaler(scale: Scale, values: Float64Array): Scaler {
  const log = scale === 'log1p'
  if (scale === 'none' || values.length === 0) return IDENTITY
  const [center, spread] =
    scale === 'minmax' ? rangeOf(values) : scale === 'robust' ? quartilesOf(values) : momentsOf(values)
  return { log, center, spread: spread > 0 ? spread : 1 }
}

function momentsOf(values: Float64Array): readonly [number, number] {
  let mean = 0
  for (const value of values) mean += value / values.length
  let variance = 0
  for (const value of values) variance += (value - mean) ** 2 / values.length
  // Rounding leaves a constant with a spread that is not quite 0.
  const spread = Math.sqrt(variance)
  return [mean, spread > 1e-12 * Math.abs(mean) ? spread : 0]
}

/** The standard deviation; 0 for a constant. */
export const spreadOf = (values: Float64Array): number => momentsOf(values)[1]

function rangeOf(values: Float64Array): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high - low]
}

function quartilesOf(values: Float64Array): readonly [number, number] {
  const sorted = values.slice().sort()
  return [quantile(sorted, 0.5), quantile(sorted, 0.75) - quantile(sorted, 0.25)]
}

/** The linearly interpolated quantile of ascending values (type 7 of Hyndman and Fan, 1996). */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  const rest = place - low
  const below = sorted[low]!
  return rest === 0 ? below : below + rest * (sorted[low + 1]! - below)
}
