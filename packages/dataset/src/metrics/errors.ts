/** Mean absolute error of predictions, in the unit of the data. */
export function mae(actual: Float64Array, predicted: Float64Array): number {
  let sum = 0
  for (let i = 0; i < actual.length; i++) sum += Math.abs(predicted[i]! - actual[i]!)
  return sum / actual.length
}

/** Root of the mean squared error, in the unit of the data. */
export function rmse(actual: Float64Array, predicted: Float64Array): number {
  let sum = 0
  for (let i = 0; i < actual.length; i++) sum += (predicted[i]! - actual[i]!) ** 2
  return Math.sqrt(sum / actual.length)
}

/** The coefficient of determination, 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; NaN for a constant. */
export function r2(actual: Float64Array, predicted: Float64Array): number {
  let mean = 0
  for (const value of actual) mean += value / actual.length
  let residual = 0
  let total = 0
  for (let i = 0; i < actual.length; i++) {
    residual += (predicted[i]! - actual[i]!) ** 2
    total += (actual[i]! - mean) ** 2
  }
  return total === 0 ? Number.NaN : 1 - residual / total
}

/** The mean pinball loss of a prediction of the quantile `share` (Koenker and Bassett, 1978); of the median, half the MAE. */
export function pinball(actual: Float64Array, predicted: Float64Array, share: number): number {
  let sum = 0
  for (let i = 0; i < actual.length; i++) {
    const error = actual[i]! - predicted[i]!
    sum += error >= 0 ? share * error : (share - 1) * error
  }
  return sum / actual.length
}
