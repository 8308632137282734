import { isBetter, type Objective, type TrialView, trialValue } from '@rondo/core'
import type { Standing } from './standing.ts'

/**
 * A paused trial that is not worth another epoch, and why: its values are not finite, or it predicts no better than the
 * best constant although it is past its first rung. While no trial of the study is better than that, none is stopped
 * for it: some data lets nothing more be learned.
 */
export function hopelessOf(
  standings: readonly Standing[],
  objective: Objective,
): { readonly trial: number; readonly reason: string } | undefined {
  const learns = ({ trial }: Standing): boolean => gainOver(trial, objective) === true
  const someLearn = standings.some(learns)
  for (const { trial, rung } of standings) {
    if (trial.state !== 'paused') continue
    const { number, reached, value, constant } = trial
    const epochs = reached.epochs === 1 ? '1 epoch' : `${reached.epochs} epochs`
    if (value === undefined) return { trial: number, reason: `No finite value in ${epochs}.` }
    if (rung >= 0 && someLearn && gainOver(trial, objective) === false) {
      const best = firstFoldBest(trial, objective)
      const reason = `In ${epochs} its best ${objective.metric}, ${best}, was no better than ${constant}, that of predicting a constant.`
      return { trial: number, reason }
    }
  }
  return undefined
}

/** Whether a trial is better than its best constant prediction; `undefined` where one of the two is not known. */
function gainOver(trial: TrialView, objective: Objective): boolean | undefined {
  const best = firstFoldBest(trial, objective)
  if (trial.constant === undefined || best === undefined) return undefined
  return isBetter(objective, best, trial.constant)
}

function firstFoldBest({ curve }: TrialView, objective: Objective): number | undefined {
  return trialValue(
    objective,
    curve.filter(({ fold }) => fold === 0),
  )?.value
}
