/**
 * The area under the ROC curve: the probability that a positive scores higher than a negative, ties counting half
 * (the rank statistic of Mann and Whitney, 1947). NaN where one side is empty.
 */
export function auc(isPositive: Uint8Array, scores: Float64Array): number {
  const order = byScore(scores)
  let positives = 0
  let rankSum = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    let tied = 0
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) tied += isPositive[order[to++]!]!
    // Ranks count from 1, the lowest score first; the tied share their mean.
    rankSum += (tied * (from + 1 + to)) / 2
    positives += tied
    from = to
  }
  const negatives = order.length - positives
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/**
 * Average precision: Σ (recallₙ − recallₙ₋₁) · precisionₙ over the thresholds, the highest first, without
 * interpolation. NaN where there is no positive.
 */
export function averagePrecision(isPositive: Uint8Array, scores: Float64Array): number {
  const order = byScore(scores).reverse()
  const all = isPositive.reduce((sum, positive) => sum + positive, 0)
  let found = 0
  let sum = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    let tied = 0
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) tied += isPositive[order[to++]!]!
    found += tied
    sum += (tied / all) * (found / to)
    from = to
  }
  return all === 0 ? Number.NaN : sum
}

function byScore(scores: Float64Array): Int32Array {
  return Int32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!)
}
