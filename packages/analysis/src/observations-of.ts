import { type Budget, type StudyState, type TrialView, trialValue } from '@rondo/core'
import type { Observation } from './observation.ts'

/**
 * What the trials of a study say about its space: every trial with a value, and those that failed because of their
 * params. A trial that ended itself (early stopping) counts as one on the full budget, as nothing more would come of it.
 */
export function observationsOf(
  state: Pick<StudyState, 'trials' | 'fullBudget' | 'spec'>,
): readonly Observation[] {
  const { fullBudget, spec } = state
  const shareOf = ({ epochs, folds }: Budget): number =>
    Math.min(1, (epochs * folds) / (fullBudget.epochs * fullBudget.folds))
  return state.trials.flatMap((trial: TrialView): Observation[] => {
    const { params, value, reached, failure, legs, curve } = trial
    if (trial.state === 'failed') return failure?.cause === 'params' ? [{ params }] : []
    if (value === undefined) return []
    const share = trial.state === 'completed' ? 1 : shareOf(reached)
    const earlier = legs.flatMap(({ budget, state }) => {
      const own = shareOf(budget)
      if (state !== 'done' || own >= share) return []
      const within = curve.filter(({ epoch, fold }) => epoch <= budget.epochs && fold < budget.folds)
      const then = trialValue(spec.objective, within)
      return then === undefined ? [] : [{ share: own, value: then.value }]
    })
    return [{ params, value, share, earlier }]
  })
}
