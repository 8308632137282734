import { seasonalNaiveMae } from './metrics/relative.ts'
import { scoreClasses } from './metrics/score-classes.ts'
import { scoreNumbers } from './metrics/score-numbers.ts'
import { type Plan, stepsOf } from './plan.ts'
import type { Frame } from './series/frame.ts'

/** What happened on some target rows, and metrics of what was predicted for them. */
export interface Scorer {
  /** Numbers `[n, steps, targets]` in data units, or the numbers of the classes `[n]`. */
  readonly actual: Float64Array
  /** Of predictions of the same shape in data units, or of probabilities `[n, classes]`. */
  score(predicted: Float64Array): { readonly [metric: string]: number }
}

/** @param season Of the naive forecast that MASE divides by, in rows. */
export function makeScorer(
  frame: Frame,
  plan: Plan,
  trainRows: Int32Array,
  scoredRows: Int32Array,
  season: number,
): Scorer {
  const targets = plan.targets.map((name) => frame.targets.get(name)!)
  if (plan.classes !== undefined) {
    const actual = Float64Array.from(scoredRows, (row) => targets[0]![row]!)
    const classes = plan.classes.length
    return { actual, score: (predicted) => scoreClasses(Int32Array.from(actual), predicted, classes) }
  }
  const steps = stepsOf(plan)
  const actual = new Float64Array(scoredRows.length * steps * targets.length)
  let at = 0
  for (const row of scoredRows) {
    for (let step = 1; step <= steps; step++) {
      for (const values of targets) actual[at++] = values[row - steps + step]!
    }
  }
  // Sequences follow no season: their naive forecast is the target of the sequence before.
  const naive = targets.map((values) =>
    plan.sequences
      ? seasonalNaiveMae(
          Float64Array.from(trainRows, (row) => values[row]!),
          new Int32Array(trainRows.length),
          Int32Array.from(trainRows.keys()),
          1,
        )
      : seasonalNaiveMae(values, frame.origins, trainRows, season),
  )
  return { actual, score: (predicted) => scoreNumbers(actual, predicted, naive) }
}
