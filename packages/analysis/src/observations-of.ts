import type { StudyState, TrialView } from '@rondo/core'
import type { Observation } from './observation.ts'

/**
 * What the trials of a study say about its space: every trial with a value, and those that failed because of their
 * params. A trial that ended itself (early stopping) counts as one on the full budget, as nothing more would come of it.
 */
export function observationsOf(state: Pick<StudyState, 'trials' | 'fullBudget'>): readonly Observation[] {
  const { fullBudget } = state
  const full = fullBudget.epochs * fullBudget.folds
  return state.trials.flatMap((trial: TrialView): Observation[] => {
    const { params, value, reached, failure } = trial
    if (trial.state === 'failed') return failure?.cause === 'params' ? [{ params }] : []
    if (value === undefined) return []
    const share = trial.state === 'completed' ? 1 : Math.min(1, (reached.epochs * reached.folds) / full)
    return [{ params, value, share }]
  })
}
