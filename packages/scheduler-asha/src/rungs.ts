import type { Budget, ScheduleRequest, TrialView } from '@rondo/core'

/** Budgets at which trials are compared, each about eta times the one before; the last is the full budget. */
export type Rungs = readonly Budget[]

/** The share of the full epochs that the first rung has where nothing is said: 1/20, within R/50 … R/15. */
const FIRST_SHARE = 20

/** However few updates its epochs have, a trial is judged after this share of the full ones. */
const LAST_FLOOR = 3

/**
 * The rungs of a study. Folds count as budget too: trials climb in epochs on the first fold (the latest, in a
 * walk-forward split) and the survivors of that on more and more folds.
 *
 * @param firstRung Epochs of the first rung; default a 20th of the full ones, at least 1.
 */
export function rungsOf(
  full: Budget,
  eta: number,
  firstRung = Math.max(1, Math.floor(full.epochs / FIRST_SHARE)),
): Rungs {
  const epochs = ladder(full.epochs, eta, Math.min(firstRung, full.epochs)).map((n) => ({
    epochs: n,
    folds: 1,
  }))
  const folds = ladder(full.folds, eta, 1)
    .slice(1)
    .map((n) => ({ epochs: full.epochs, folds: n }))
  return [...epochs, ...folds]
}

/** `first`, …, top/eta², top/eta, `top`; the first is at least √eta below the next but the last. */
function ladder(top: number, eta: number, first: number): number[] {
  const steps: number[] = [top]
  for (let step = top / eta; Math.round(step) >= first * Math.sqrt(eta); step /= eta)
    steps.unshift(Math.round(step))
  return top > first ? [first, ...steps] : steps
}

/** The epochs that a trial trains before it is judged at all: as many as make so many updates, within limits. */
export function floorOf(
  { params }: TrialView,
  { history, updatesPerEpoch }: Pick<ScheduleRequest, 'history' | 'updatesPerEpoch'>,
  minUpdates: number,
): number {
  if (updatesPerEpoch === undefined) return 1
  const most = Math.max(1, Math.floor(history.fullBudget.epochs / LAST_FLOOR))
  return Math.min(most, Math.max(1, Math.ceil(minUpdates / updatesPerEpoch(params))))
}

/** What a trial is trained to for a rung: one below its floor is finished by the floor. */
export const budgetAt = ({ epochs, folds }: Budget, floor: number): Budget => ({
  epochs: Math.max(epochs, floor),
  folds,
})
