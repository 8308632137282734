import { type Frame, seriesOf } from '../series/frame.ts'

/** What the naive forecast of one step ahead comes to. */
export interface NaiveForecast {
  /**
   * How many rows before the value lies that by itself forecasts best: 1 for the value before, or a season where that has
   * an error of at least a tenth less, as of noise any season may happen to have a little less.
   */
  readonly bestLag: number
  /**
   * Its mean absolute error as a share of the mean absolute deviation of each series from its mean: next to 0 where
   * values change little from row to row, 1 where the mean says as much. Absent where no two values can be compared.
   */
  readonly naiveShare?: number
}

/** Of the error of the value before, what a season may have at most. */
const CLEARLY = 0.9

/**
 * Compares the value before with those of a season before, over all rows, of the first target.
 *
 * @param seasons In rows.
 */
export function naiveForecast(frame: Frame, target: string, seasons: readonly number[]): NaiveForecast {
  const values = frame.targets.get(target)!
  let bestLag = 1
  let least = Number.POSITIVE_INFINITY
  for (const lag of [1, ...seasons]) {
    const error = meanDifference(frame, values, lag)
    // Where nothing can be told (a season longer than any series) the error is NaN.
    const most = lag > 1 && bestLag === 1 ? CLEARLY * least : least
    if (error < most) [bestLag, least] = [lag, error]
  }
  const share = least / meanDeviation(frame, values)
  return { bestLag, ...(Number.isFinite(share) && { naiveShare: share }) }
}

function meanDifference(frame: Frame, values: Float64Array, lag: number): number {
  let sum = 0
  let count = 0
  for (const { from, to } of seriesOf(frame)) {
    for (let row = from + lag; row < to; row++) {
      const difference = Math.abs(values[row]! - values[row - lag]!)
      if (Number.isNaN(difference)) continue
      sum += difference
      count++
    }
  }
  return sum / count
}

function meanDeviation(frame: Frame, values: Float64Array): number {
  let sum = 0
  let count = 0
  for (const { from, to } of seriesOf(frame)) {
    const recorded = values.subarray(from, to).filter((value) => !Number.isNaN(value))
    const mean = recorded.reduce((total, value) => total + value, 0) / recorded.length
    for (const value of recorded) sum += Math.abs(value - mean)
    count += recorded.length
  }
  return sum / count
}
