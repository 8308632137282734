import { covers, isBetter, type Objective, type TrialView, trialValue } from '@rondo/core'
import { budgetAt, type Rungs } from './rungs.ts'

/** A trial as the rungs see it. */
export interface Standing {
  readonly trial: TrialView
  /** Epochs before which it is not judged. */
  readonly floor: number
  /** The highest rung that it has finished, or need not run to finish; −1 below the first. */
  readonly rung: number
}

/** How far a trial has come. One that ended itself early has finished every rung on its folds, at no cost. */
export function standingOf(trial: TrialView, rungs: Rungs, floor = 1): Standing {
  const reached =
    trial.state === 'completed' ? { ...trial.reached, epochs: rungs.at(-1)!.epochs } : trial.reached
  let rung = -1
  for (const [i, budget] of rungs.entries()) if (covers(reached, budgetAt(budget, floor))) rung = i
  return { trial, floor, rung }
}

/** Whether a trial competes with others. A repetition does not: it trains at once as far as what it repeats. */
export const competes = ({ replicateOf }: TrialView): boolean => replicateOf === undefined

/** What a trial is ranked by at a rung: its best value so far, of the rung's epochs and folds. `undefined` where it is not finite. */
function valueAt(
  { trial, floor }: Standing,
  rungs: Rungs,
  rung: number,
  objective: Objective,
): number | undefined {
  const { epochs, folds } = budgetAt(rungs[rung]!, floor)
  const seen = trial.curve.filter((point) => point.fold < folds && point.epoch <= epochs)
  return trialValue(objective, seen)?.value
}

/** Sorts the best first: a trial without a value is behind all, and ties go to the lower number. */
export function ranked(
  standings: readonly Standing[],
  rungs: Rungs,
  rung: number,
  objective: Objective,
): readonly Standing[] {
  const valued = standings.map((standing) => ({
    standing,
    value: valueAt(standing, rungs, rung, objective),
  }))
  valued.sort((a, b) => {
    if (a.value === b.value) return a.standing.trial.number - b.standing.trial.number
    if (a.value === undefined) return 1
    if (b.value === undefined) return -1
    return isBetter(objective, a.value, b.value) ? -1 : 1
  })
  return valued.map(({ standing }) => standing)
}
