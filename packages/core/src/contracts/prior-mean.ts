import type { Params } from '../space/hyperparameter.ts'

/**
 * What is expected of params before any were tried, as learned from other data: the place of their value among those of
 * random configurations with all budgets, as a normal quantile, finite. The larger, the better; 0 is the middle. It may be
 * wrong for the data at hand, so whoever uses it asks the trials how far to trust it.
 *
 * @param fidelity The budget on a log scale of the work, in [0, 1]: ln work / ln full work, 1 being the full budget.
 */
export type PriorMean = (params: Params, fidelity: number) => number
