import { accuracy, balancedAccuracy, type Confusion, f1, mcc } from '../metrics/confusion.ts'
import type { ThresholdMetric } from '../options.ts'

const MEASURES = { accuracy, balancedAccuracy, f1, mcc } as const

/**
 * The probability from which on the positive class is to be predicted, so that a metric of the decisions is largest on
 * some samples: midway between two neighbouring probabilities, of equally good ones that nearest to .5.
 *
 * @param actual 1 for a positive.
 * @param scores The probabilities of the positive class, in [0, 1].
 */
export function bestThreshold(actual: Uint8Array, scores: Float64Array, metric: ThresholdMetric): number {
  const order = Int32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!)
  const positives = actual.reduce((sum, positive) => sum + positive, 0)
  const total = actual.length
  const confusion = (found: number, predicted: number): Confusion => ({
    classes: 2,
    total,
    counts: Float64Array.of(
      total - positives - (predicted - found),
      predicted - found,
      positives - found,
      found,
    ),
  })
  let best = { threshold: 0.5, value: -Infinity }
  const consider = (threshold: number, found: number, predicted: number) => {
    const value = MEASURES[metric](confusion(found, predicted))
    const isNearer = Math.abs(threshold - 0.5) < Math.abs(best.threshold - 0.5)
    if (value > best.value || (value === best.value && isNearer)) best = { threshold, value }
  }
  const atHalf = order.filter((i) => scores[i]! >= 0.5)
  consider(
    0.5,
    atHalf.reduce((sum, i) => sum + actual[i]!, 0),
    atHalf.length,
  )
  let found = 0
  for (let at = 0; at < total; ) {
    const score = scores[order[at]!]!
    while (at < total && scores[order[at]!] === score) found += actual[order[at++]!]!
    const next = at < total ? scores[order[at]!]! : 0
    const middle = (score + next) / 2
    // Between two neighbouring floats there is no number.
    consider(middle > next ? middle : score, found, at)
  }
  return best.threshold
}
