/** How often each class was taken for each: row the actual class, column the predicted one. */
export interface Confusion {
  readonly classes: number
  /** `[classes, classes]` */
  readonly counts: Float64Array
  readonly total: number
}

export function confusionOf(actual: Int32Array, predicted: Int32Array, classes: number): Confusion {
  const counts = new Float64Array(classes * classes)
  for (let i = 0; i < actual.length; i++) counts[actual[i]! * classes + predicted[i]!]! += 1
  return { classes, counts, total: actual.length }
}

/** The share that was predicted right. */
export function accuracy({ counts, classes, total }: Confusion): number {
  let right = 0
  for (let c = 0; c < classes; c++) right += counts[c * classes + c]!
  return right / total
}

/** The mean of the classes' recalls, over the classes that occur. */
export function balancedAccuracy(confusion: Confusion): number {
  const recalls = byClass(confusion)
    .filter(({ actual }) => actual > 0)
    .map(({ right, actual }) => right / actual)
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length
}

/** The share of those predicted positive that are; of more than two classes, the mean over the classes. 0 where none was predicted. */
export const precision = (confusion: Confusion): number =>
  averaged(confusion, ({ right, predicted }) => (predicted === 0 ? 0 : right / predicted))

/** The share of the positives that were found; of more than two classes, the mean over the classes. */
export const recall = (confusion: Confusion): number =>
  averaged(confusion, ({ right, actual }) => (actual === 0 ? 0 : right / actual))

/** The harmonic mean of precision and recall; of more than two classes, the mean over the classes. */
export const f1 = (confusion: Confusion): number =>
  averaged(confusion, ({ right, actual, predicted }) =>
    actual + predicted === 0 ? 0 : (2 * right) / (actual + predicted),
  )

/**
 * Matthews' correlation coefficient for any number of classes (Gorodkin, 2004); 0 where all are of one class or taken
 * for one.
 */
export function mcc(confusion: Confusion): number {
  const { total } = confusion
  let right = 0
  let products = 0
  let actualSquares = 0
  let predictedSquares = 0
  for (const counts of byClass(confusion)) {
    right += counts.right
    products += counts.actual * counts.predicted
    actualSquares += counts.actual ** 2
    predictedSquares += counts.predicted ** 2
  }
  const spread = Math.sqrt((total ** 2 - predictedSquares) * (total ** 2 - actualSquares))
  return spread === 0 ? 0 : (right * total - products) / spread
}

interface ClassCounts {
  readonly right: number
  readonly actual: number
  readonly predicted: number
}

function byClass({ counts, classes }: Confusion): readonly ClassCounts[] {
  return Array.from({ length: classes }, (_, c) => {
    let actual = 0
    let predicted = 0
    for (let other = 0; other < classes; other++) {
      actual += counts[c * classes + other]!
      predicted += counts[other * classes + c]!
    }
    return { right: counts[c * classes + c]!, actual, predicted }
  })
}

/** Of two classes the second is the positive one. */
function averaged(confusion: Confusion, measure: (counts: ClassCounts) => number): number {
  const all = byClass(confusion)
  if (confusion.classes === 2) return measure(all[1]!)
  return all.reduce((sum, counts) => sum + measure(counts), 0) / all.length
}
