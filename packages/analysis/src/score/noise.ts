import { mean, median, variance } from '../statistics.ts'
import type { Candidate } from './candidates-of.ts'

/** How much a trial's value would differ if the same params were tried again. */
export interface Noise {
  /** The standard deviation of one trial's value, in the metric's units. */
  readonly deviation: number
  /**
   * What it was estimated from, the best source that there is: the spread between `replicates`; between `folds`; or from
   * epoch to epoch at the end of a curve (`epochs`). That is a rough guide: other random numbers add to it, and it is more
   * than a value has that is the best of several such epochs.
   */
  readonly from: 'replicates' | 'folds' | 'epochs'
}

/** @returns `undefined` where nothing tells it. */
export function noiseOf(candidates: readonly Candidate[]): Noise | undefined {
  const sources = [
    { from: 'replicates', squared: ofReplicates(candidates) },
    { from: 'folds', squared: ofFolds(candidates) },
    { from: 'epochs', squared: ofEpochs(candidates) },
  ] as const
  for (const { from, squared } of sources) {
    if (squared !== undefined && squared > 0) return { deviation: Math.sqrt(squared), from }
  }
  return undefined
}

/** The pooled variance within groups of replicates; needs three degrees of freedom to mean something. */
function ofReplicates(candidates: readonly Candidate[]): number | undefined {
  let squares = 0
  let freedom = 0
  for (const group of groupsOf(candidates)) {
    squares += variance(group.map(({ value }) => value)) * (group.length - 1)
    freedom += group.length - 1
  }
  return freedom < 3 ? undefined : squares / freedom
}

/**
 * The residual variance of trials × folds without the effects of trials and of folds (two-way analysis of variance without
 * repeats), divided by the number of folds: some folds are harder for everyone, and that is no noise.
 */
function ofFolds(candidates: readonly Candidate[]): number | undefined {
  const rows = candidates.flatMap(({ folds }) => (folds?.every(Number.isFinite) ? [folds] : []))
  const width = rows[0]?.length ?? 0
  if (width < 2 || rows.length < 3 || rows.some(({ length }) => length !== width)) return undefined
  const kept = withoutOutliers(rows)
  if (kept.length < 3) return undefined
  const all = mean(kept.flat())
  const columns = Array.from({ length: width }, (_, fold) => mean(kept.map((row) => row[fold]!)))
  let squares = 0
  for (const row of kept) {
    const own = mean(row)
    for (const [fold, value] of row.entries()) squares += (value - own - columns[fold]! + all) ** 2
  }
  return squares / ((kept.length - 1) * (width - 1)) / width
}

/** Trials far from the others (diverged ones) do not tell how noisy good ones are: the half around the median does. */
function withoutOutliers(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const means = rows.map(mean)
  const centre = median(means)
  const reach = 3 * median(means.map((value) => Math.abs(value - centre)))
  return rows.filter((_, i) => Math.abs(means[i]! - centre) <= reach)
}

/**
 * From second differences: of independent noise σ² around a straight line they have the variance 6σ². The median over
 * the trials.
 */
function ofEpochs(candidates: readonly Candidate[]): number | undefined {
  const squares = candidates.flatMap(({ lastEpochs = [] }) => {
    if (lastEpochs.length < 5 || !lastEpochs.every(Number.isFinite)) return []
    const bends = lastEpochs.slice(2).map((value, i) => value - 2 * lastEpochs[i + 1]! + lastEpochs[i]!)
    return [mean(bends.map((bend) => bend ** 2)) / 6]
  })
  return squares.length === 0 ? undefined : median(squares)
}

/** Trials of the same params together; the one that was repeated first. */
export function groupsOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups = new Map<number, Candidate[]>()
  for (const candidate of candidates) {
    const key = candidate.replicateOf ?? candidate.trial
    groups.set(key, [...(groups.get(key) ?? []), candidate])
  }
  return [...groups.values()]
}
