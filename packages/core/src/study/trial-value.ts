import type { CurvePoint } from '../contracts/history.ts'
import { isBetter, type Objective } from '../contracts/objective.ts'

/** A trial's value and the epoch that it comes from. */
export interface TrialValue {
  readonly value: number
  /** From 1. */
  readonly epoch: number
}

/**
 * The best epoch of the mean curve over folds, not the mean of the folds' best epochs: only an epoch can be refitted.
 * Epochs that some fold did not reach (it stopped early) do not count. `undefined` without a finite value.
 *
 * @param curve Points of all folds in any order.
 */
export function trialValue(objective: Objective, curve: readonly CurvePoint[]): TrialValue | undefined {
  const folds = new Set<number>()
  const sums: number[] = []
  const counts: number[] = []
  for (const { fold, epoch, value } of curve) {
    folds.add(fold)
    sums[epoch] = (sums[epoch] ?? 0) + value
    counts[epoch] = (counts[epoch] ?? 0) + 1
  }
  let best: TrialValue | undefined
  for (let epoch = 1; epoch < sums.length; epoch++) {
    if (counts[epoch] !== folds.size) continue
    const value = sums[epoch]! / folds.size
    if (Number.isFinite(value) && (best === undefined || isBetter(objective, value, best.value))) {
      best = { value, epoch }
    }
  }
  return best
}
