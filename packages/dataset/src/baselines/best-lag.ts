import { type Frame, seriesOf } from '../series/frame.ts'

/**
 * How many rows before the value lies that by itself forecasts best: 1 for the value before, or a season. By the mean
 * absolute difference over all rows, of the first target.
 *
 * @param seasons In rows.
 */
export function bestLag(frame: Frame, target: string, seasons: readonly number[]): number {
  const values = frame.targets.get(target)!
  let best = 1
  let least = Number.POSITIVE_INFINITY
  for (const lag of [1, ...seasons]) {
    const error = meanDifference(frame, values, lag)
    // Where nothing can be told (a season longer than any series) the error is NaN.
    if (error < least) [best, least] = [lag, error]
  }
  return best
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
