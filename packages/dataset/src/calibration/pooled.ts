import { type Scorer, scorerOf } from '../scorer.ts'

/** The validation samples of one fold and what was predicted for them. */
export interface ScoredFold {
  readonly scorer: Scorer
  /** As `Scorer.score` takes them. */
  readonly predicted: Float64Array
}

/**
 * Metrics over the samples of all folds together. A ranking such as average precision, of which a fold with few
 * positives gives but a rough idea, is of one list of all samples, not a mean over folds.
 */
export function scorePooled(folds: readonly ScoredFold[]): { readonly [metric: string]: number } {
  const [first] = folds
  if (first === undefined) return {}
  const join = (parts: readonly Float64Array[]) => Float64Array.from(parts.flatMap((part) => [...part]))
  const naive = first.scorer.naive.map(
    (_, target) => folds.reduce((sum, { scorer }) => sum + scorer.naive[target]!, 0) / folds.length,
  )
  const pooled = scorerOf(first.scorer.plan, join(folds.map(({ scorer }) => scorer.actual)), naive)
  return pooled.score(join(folds.map(({ predicted }) => predicted)))
}
