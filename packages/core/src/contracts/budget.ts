/** How far a leg trains, counted from the trial's beginning. */
export interface Budget {
  /** Epochs of training, at least 1. */
  readonly epochs: number
  /** Folds, at least 1: the first `folds` of the splitter's, which come in its order. */
  readonly folds: number
}

/** Whether a trial that has reached `reached` has nothing left to do for `budget`. */
export function covers(reached: Budget, budget: Budget): boolean {
  return reached.epochs >= budget.epochs && reached.folds >= budget.folds
}
