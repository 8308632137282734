import { accuracy, balancedAccuracy, confusionOf, f1, mcc, precision, recall } from './confusion.ts'
import type { ClassMetrics } from './names.ts'
import { brier, logLoss } from './probability.ts'
import { auc, averagePrecision } from './ranking.ts'

/**
 * Metrics of probabilities `[n, classes]`. Of two classes the second is the positive one, taken at a probability of at
 * least `threshold`; of more, each is ranked against the rest and the means count, over the classes that occur.
 */
export function scoreClasses(
  actual: Int32Array,
  probabilities: Float64Array,
  classes: number,
  threshold?: number,
): ClassMetrics {
  const confusion = confusionOf(actual, decide(probabilities, classes, threshold), classes)
  const ranked = Array.from({ length: classes }, (_, c) => c).filter(
    (c) => (classes > 2 || c === 1) && actual.includes(c),
  )
  const mean = (measure: (isPositive: Uint8Array, scores: Float64Array) => number) => {
    const values = ranked.map((c) =>
      measure(
        Uint8Array.from(actual, (label) => (label === c ? 1 : 0)),
        probabilities.filter((_, i) => i % classes === c),
      ),
    )
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return {
    accuracy: accuracy(confusion),
    balancedAccuracy: balancedAccuracy(confusion),
    f1: f1(confusion),
    precision: precision(confusion),
    recall: recall(confusion),
    auc: mean(auc),
    averagePrecision: mean(averagePrecision),
    mcc: mcc(confusion),
    brier: brier(actual, probabilities, classes),
    logLoss: logLoss(actual, probabilities, classes),
  }
}

/** For each sample the class that is predicted: of two the positive one from the threshold on, else the likeliest. */
export function decide(probabilities: Float64Array, classes: number, threshold?: number): Int32Array {
  if (classes !== 2 || threshold === undefined) return likeliest(probabilities, classes)
  return Int32Array.from({ length: probabilities.length / 2 }, (_, i) =>
    probabilities[2 * i + 1]! >= threshold ? 1 : 0,
  )
}

/** For each sample its likeliest class; ties go to the later one, so that .5 is positive. */
function likeliest(probabilities: Float64Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, i) => {
    let best = 0
    for (let c = 1; c < classes; c++) {
      if (probabilities[i * classes + c]! >= probabilities[i * classes + best]!) best = c
    }
    return best
  })
}

/** A single output is the probability of the second of two classes; more are those of the classes. */
export function toProbabilities(outputs: ArrayLike<number>, classes: number): Float64Array {
  if (classes !== 2) return Float64Array.from(outputs)
  const both = new Float64Array(outputs.length * 2)
  for (let i = 0; i < outputs.length; i++) {
    both[2 * i] = 1 - outputs[i]!
    both[2 * i + 1] = outputs[i]!
  }
  return both
}
