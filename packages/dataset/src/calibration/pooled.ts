import type { Units } from '../comparison/units.ts'
import { type Scorer, scorerOf } from '../scorer.ts'

/** The validation samples of one fold and what was predicted for them. */
export interface ScoredFold {
  readonly scorer: Scorer
  /** As `Scorer.score` takes them. */
  readonly predicted: Float64Array
  readonly units: Units
}

/** The metrics of classes that are taken over the samples of all folds together. */
export const POOLED_METRICS: readonly string[] = ['averagePrecision']

/**
 * A metric over the samples of all folds together. A ranking such as average precision, of which a fold with few
 * positives gives but a rough idea, is of one list of all samples, not a mean over folds.
 */
export function measurePooled(metric: string, folds: readonly ScoredFold[]): number {
  const [first] = folds
  if (first === undefined) return Number.NaN
  const naive = first.scorer.naive.map(
    (_, target) => folds.reduce((sum, { scorer }) => sum + scorer.naive[target]!, 0) / folds.length,
  )
  const pooled = scorerOf(first.scorer.plan, joined(folds.map(({ scorer }) => scorer.actual)), naive)
  return pooled.measure(metric, joined(folds.map(({ predicted }) => predicted)))
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
