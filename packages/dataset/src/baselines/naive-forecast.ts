import { seasonalNaiveMae } from '../metrics/relative.ts'
import { type Frame, recordedBySeries } from '../series/frame.ts'
import { baseRow } from '../transform/target.ts'

/** What forecasts by a single earlier value come to. */
export interface NaiveForecast {
  /**
   * Which earlier value by itself forecasts best: 1 for the last known one, or the season for the last known one of the same
   * phase, where that has an error of at least a tenth less. (Of noise, either is a little better as often as not.)
   */
  readonly bestLag: number
  /**
   * Its mean absolute error as a share of the mean absolute deviation of each series from its mean: next to 0 where
   * values change little until then, 1 or more where the mean says as much. Absent where no two values can be compared.
   */
  readonly naiveShare?: number
}

/** Of the error of the last known value, what the season may have at most. */
const CLEARLY = 0.9
/** Steps ahead that are looked at, evenly spaced where there are more. */
const MOST_STEPS = 16

/**
 * Compares the last known value with the last of the same phase of the season, for the first target, over all rows and
 * the steps that are forecast.
 *
 * @param season In rows, where there is one.
 * @param horizon Steps ahead, at least 1.
 */
export function naiveForecast(
  frame: Frame,
  target: string,
  { season, horizon }: { readonly season: number | undefined; readonly horizon: number },
): NaiveForecast {
  const values = frame.targets.get(target)!
  const count = Math.min(horizon, MOST_STEPS)
  const steps = Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * horizon) / count))
  const errorOf = (lag: number): number =>
    meanDifference(
      frame,
      values,
      steps.map((step) => step - baseRow(0, step, lag)),
    )
  const ofLast = errorOf(1)
  const ofSeason = season === undefined ? Number.NaN : errorOf(season)
  // Where nothing can be told (a season longer than any series) the error is NaN.
  const isSeasonal = ofSeason < CLEARLY * ofLast
  const share = (isSeasonal ? ofSeason : ofLast) / meanDeviation(frame, values)
  return { bestLag: isSeasonal ? season! : 1, ...(Number.isFinite(share) && { naiveShare: share }) }
}

/** Between values and those so many rows before, each number of rows counting alike; NaN where none can be compared. */
function meanDifference({ origins }: Frame, values: Float64Array, gaps: readonly number[]): number {
  const rows = Int32Array.from(values.keys())
  // Steps of one season lie the same number of rows after what they are taken from.
  const errors = new Map([...new Set(gaps)].map((gap) => [gap, seasonalNaiveMae(values, origins, rows, gap)]))
  const known = gaps.map((gap) => errors.get(gap)!).filter((error) => !Number.isNaN(error))
  return known.reduce((sum, error) => sum + error, 0) / known.length
}

function meanDeviation(frame: Frame, values: Float64Array): number {
  let sum = 0
  let count = 0
  for (const recorded of recordedBySeries(frame, values)) {
    const mean = recorded.reduce((total, value) => total + value, 0) / recorded.length
    for (const value of recorded) sum += Math.abs(value - mean)
    count += recorded.length
  }
  return sum / count
}
