import { isBetter, type Objective } from '@rondo/core'

/**
 * Whether `value` is better than `best` by more than `minDelta` (in the metric's units). Any finite value is better
 * than none; NaN is never better.
 */
export function improves(
  objective: Objective,
  value: number,
  best: number | undefined,
  minDelta = 0,
): boolean {
  if (!Number.isFinite(value)) return false
  if (best === undefined) return true
  const needed = objective.direction === 'minimize' ? best - minDelta : best + minDelta
  return isBetter(objective, value, needed)
}
