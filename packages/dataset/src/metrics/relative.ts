/** Mean absolute percentage error, in percent, over the values that are not 0; NaN where all are. */
export function mape(actual: Float64Array, predicted: Float64Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < actual.length; i++) {
    if (actual[i] === 0) continue
    sum += Math.abs((predicted[i]! - actual[i]!) / actual[i]!)
    count++
  }
  return (100 * sum) / count
}

/** Symmetric mean absolute percentage error, 200·|y − ŷ| / (|y| + |ŷ|) on average, in 0 … 200 (Makridakis, 1993). */
export function smape(actual: Float64Array, predicted: Float64Array): number {
  let sum = 0
  for (let i = 0; i < actual.length; i++) {
    const size = Math.abs(actual[i]!) + Math.abs(predicted[i]!)
    if (size > 0) sum += Math.abs(predicted[i]! - actual[i]!) / size
  }
  return (200 * sum) / actual.length
}

/**
 * The denominator of the mean absolute scaled error (Hyndman and Koehler, 2006): the mean absolute error of the
 * seasonal naive forecast over the train rows, those whose row a season before is in the same series. NaN without any.
 */
export function seasonalNaiveMae(
  values: Float64Array,
  origins: Int32Array,
  trainRows: Int32Array,
  season: number,
): number {
  let sum = 0
  let count = 0
  for (const row of trainRows) {
    const error = Math.abs(values[row]! - (row - season < origins[row]! ? Number.NaN : values[row - season]!))
    if (Number.isNaN(error)) continue
    sum += error
    count++
  }
  return sum / count
}
