import { count, type Decision, isBetter, type Objective, type TrialView, trialValue } from '@rondo/core'
import type { Standing } from './standing.ts'

/**
 * Stops a paused trial that is not worth another epoch, and says why: its values are not finite, or it predicts no
 * better than the best constant although it is past its first rung. It is stopped for the latter only where a trial that
 * has learned more than a constant is also better than it: some data lets nothing more be learned, and the constant of a
 * trial is one of its own target, which as a difference may forecast better than a model of the level.
 */
export function stopHopeless(standings: readonly Standing[], objective: Objective): Decision | undefined {
  const learned = bestLearned(standings, objective)
  for (const { trial, rung } of standings) {
    if (trial.state !== 'paused') continue
    const { number, reached, value, constant } = trial
    const epochs = count(reached.epochs, 'epoch')
    if (value === undefined) return { do: 'stop', trial: number, reason: `No finite value in ${epochs}.` }
    if (rung < 0 || learned === undefined || gainOver(trial, objective) !== false) continue
    const best = firstFoldBest(trial, objective)!
    if (!isBetter(objective, learned, best)) continue
    const reason = `In ${epochs} its best ${objective.metric}, ${best}, was no better than ${constant}, that of predicting a constant.`
    return { do: 'stop', trial: number, reason }
  }
  return undefined
}

/** The best value of a trial that is better than its constant; `undefined` where there is none. */
function bestLearned(standings: readonly Standing[], objective: Objective): number | undefined {
  return standings
    .filter(({ trial }) => gainOver(trial, objective) === true)
    .map(({ trial }) => firstFoldBest(trial, objective)!)
    .reduce<number | undefined>((a, b) => (a === undefined || isBetter(objective, b, a) ? b : a), undefined)
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
