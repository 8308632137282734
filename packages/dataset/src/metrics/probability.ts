/** Keeps the logarithm finite where a probability is given as 0. */
const LEAST = 1e-7

/**
 * The Brier score: the mean squared distance of the probabilities `[n, classes]` from what happened, of two classes
 * that of the positive one (in 0 … 1), of more the sum over the classes (in 0 … 2, Brier, 1950).
 */
export function brier(actual: Int32Array, probabilities: Float64Array, classes: number): number {
  let sum = 0
  for (let i = 0; i < actual.length; i++) {
    for (let c = classes === 2 ? 1 : 0; c < classes; c++) {
      sum += (probabilities[i * classes + c]! - (actual[i] === c ? 1 : 0)) ** 2
    }
  }
  return sum / actual.length
}

/** The mean of −ln of the probability `[n, classes]` that was given to what happened. */
export function logLoss(actual: Int32Array, probabilities: Float64Array, classes: number): number {
  let sum = 0
  for (let i = 0; i < actual.length; i++) {
    sum -= Math.log(Math.max(LEAST, probabilities[i * classes + actual[i]!]!))
  }
  return sum / actual.length
}
