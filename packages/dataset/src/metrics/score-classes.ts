import { accuracy, balancedAccuracy, confusionOf, f1, mcc, precision, recall } from './confusion.ts'
import { CLASSES, type ClassMetrics } from './names.ts'
import { brier, logLoss } from './probability.ts'
import { auc, averagePrecision } from './ranking.ts'

/**
 * A metric of probabilities `[n, classes]`. Of two classes the second is the positive one, taken at a probability of at
 * least `threshold`; of more, each is ranked against the rest and the means count, over the classes that occur.
 */
export function measureClasses(
  metric: keyof ClassMetrics,
  actual: Int32Array,
  probabilities: Float64Array,
  classes: number,
  threshold?: number,
): number {
  switch (metric) {
    case 'brier':
      return brier(actual, probabilities, classes)
    case 'logLoss':
      return logLoss(actual, probabilities, classes)
    case 'auc':
    case 'averagePrecision':
      return meanOverClasses(metric === 'auc' ? auc : averagePrecision, actual, probabilities, classes)
    default:
      return DECIDED[metric](confusionOf(actual, decide(probabilities, classes, threshold), classes))
  }
}

/** Metrics of what was decided, however sure. */
const DECIDED = { accuracy, balancedAccuracy, f1, precision, recall, mcc } as const

/** All of them. */
export const scoreClasses = (
  actual: Int32Array,
  probabilities: Float64Array,
  classes: number,
  threshold?: number,
): ClassMetrics =>
  Object.fromEntries(
    CLASSES.map((name) => [name, measureClasses(name, actual, probabilities, classes, threshold)]),
  ) as ClassMetrics

function meanOverClasses(
  measure: (isPositive: Uint8Array, scores: Float64Array) => number,
  actual: Int32Array,
  probabilities: Float64Array,
  classes: number,
): number {
  const ranked = Array.from({ length: classes }, (_, c) => c).filter(
    (c) => (classes > 2 || c === 1) && actual.includes(c),
  )
  const values = ranked.map((c) =>
    measure(
      Uint8Array.from(actual, (label) => (label === c ? 1 : 0)),
      probabilities.filter((_, i) => i % classes === c),
    ),
  )
  return values.reduce((sum, value) => sum + value, 0) / values.length
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
