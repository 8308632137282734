import type { Budget } from '@rondo/core'

/** Budgets at which trials are compared, each about eta times the one before; the last is the full budget. */
export type Rungs = readonly Budget[]

/** The share of the full epochs that the first rung has where nothing is said: 1/27, within R/50 … R/15. */
const FIRST_SHARE = 27

/**
 * The rungs of a study. Folds count as budget too: trials climb in epochs on the first fold (the latest, in a
 * walk-forward split) and the survivors of that on more and more folds.
 *
 * @param firstRung Epochs of the first rung; default a 27th of the full ones, at least 1.
 */
export function rungsOf(
  full: Budget,
  eta: number,
  firstRung = Math.max(1, Math.round(full.epochs / FIRST_SHARE)),
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
