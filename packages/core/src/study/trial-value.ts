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
 * Where the metric is pooled, an epoch's value is that of all folds together, which the last one has. Epochs that some
 * fold did not reach (it stopped early) do not count. `undefined` without a finite value.
 *
 * @param curve Points of all folds in any order.
 */
export function trialValue(objective: Objective, curve: readonly CurvePoint[]): TrialValue | undefined {
  const folds = new Set(curve.map(({ fold }) => fold)).size
  let best: TrialValue | undefined
  for (const [epoch, points] of [...byEpoch(curve)].sort(([a], [b]) => a - b)) {
    if (points.length !== folds) continue
    const value = valueOfEpoch(points)
    if (Number.isFinite(value) && (best === undefined || isBetter(objective, value, best.value))) {
      best = { value, epoch }
    }
  }
  return best
}

/** @param points Of one epoch, every fold's. */
function valueOfEpoch(points: readonly CurvePoint[]): number {
  const last = points.reduce((latest, point) => (point.fold > latest.fold ? point : latest))
  if (last.pooled !== undefined) return last.pooled
  return points.reduce((sum, { value }) => sum + value, 0) / points.length
}

function byEpoch(curve: readonly CurvePoint[]): ReadonlyMap<number, readonly CurvePoint[]> {
  const points = new Map<number, CurvePoint[]>()
  for (const point of curve) {
    const known = points.get(point.epoch)
    if (known === undefined) points.set(point.epoch, [point])
    else known.push(point)
  }
  return points
}
