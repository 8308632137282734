import { count, isBetter, type LegView, type Objective, type StudyState, type TrialView } from '@rondo/core'
import { number } from '../terminal/quantities.ts'
import { type Cell, table } from '../terminal/table.ts'

/** One rung of a bracket: the trials that a scheduler has taken as far as its budget. */
export interface Rung {
  readonly bracket: number
  readonly rung: number
  readonly epochs: number
  /** Of trials that had to train further before they were judged (large batches make few updates in an epoch). */
  readonly mostEpochs: number
  readonly folds: number
  /** Trials that have begun a leg to this rung. */
  readonly trials: number
  /** Those of them whose leg to this rung has ended. */
  readonly done: number
  /** Those of them that have gone on from it. */
  readonly promoted: number
  /** The best value of a trial that came no further, and whose it is. */
  readonly best?: { readonly trial: number; readonly value: number }
}

/** The rungs that schedulers of successive halving have tagged legs with; none of other schedulers. */
export function rungsOf({ trials, spec }: Pick<StudyState, 'trials' | 'spec'>): readonly Rung[] {
  const rungs = new Map<string, Rung>()
  for (const trial of trials) {
    const steps = trial.legs.flatMap(stepOf).filter((step, i, all) => !samePlace(step, all[i + 1]))
    // One that the user took further stays at its last rung, but its value is no longer that of the rung.
    const extended = trial.legs.slice(-1).flatMap(stepOf).length === 0
    for (const [i, { bracket, rung, budget, state }] of steps.entries()) {
      const key = `${bracket}/${rung}`
      const { epochs, folds } = budget
      const none: Rung = { bracket, rung, epochs, mostEpochs: epochs, folds, trials: 0, done: 0, promoted: 0 }
      const before = rungs.get(key) ?? none
      const isLast = i === steps.length - 1
      const best = isLast && !extended ? betterOf(spec.objective, before.best, trial) : before.best
      rungs.set(key, {
        ...before,
        epochs: Math.min(before.epochs, epochs),
        mostEpochs: Math.max(before.mostEpochs, epochs),
        trials: before.trials + 1,
        done: before.done + (state === 'done' ? 1 : 0),
        promoted: before.promoted + (isLast ? 0 : 1),
        ...(best === undefined ? {} : { best }),
      })
    }
  }
  return [...rungs.values()].sort((a, b) => a.bracket - b.bracket || a.rung - b.rung)
}

/** A leg to a rung. */
type Step = Pick<Rung, 'bracket' | 'rung'> & Pick<LegView, 'budget' | 'state'>

/** None of a leg that was not for a rung. */
function stepOf({ tags: { bracket, rung }, budget, state }: LegView): readonly Step[] {
  return typeof bracket === 'number' && typeof rung === 'number' ? [{ bracket, rung, budget, state }] : []
}

/** A trial may have two legs at one rung: the first had too few updates. */
const samePlace = (a: Step, b: Step | undefined): boolean => a.rung === b?.rung && a.bracket === b.bracket

function betterOf(objective: Objective, best: Rung['best'], { number, value }: TrialView): Rung['best'] {
  if (value === undefined) return best
  const better = best === undefined || isBetter(objective, value, best.value)
  return better ? { trial: number, value } : best
}

/** That values alone did not decide who went on; `undefined` where they did. */
export function expectedInWords({ trials }: Pick<StudyState, 'trials'>): string | undefined {
  const sent = trials.flatMap(({ legs }) => legs).filter(({ tags }) => tags.by === 'expectations').length
  if (sent === 0) return undefined
  return (
    `${count(sent, 'trial')} went on from the first rung by what the search expects of them in the end, too, ` +
    'not by their values alone.'
  )
}

/** The rungs as a table, the lowest first. */
export function rungTable(rungs: readonly Rung[], { metric }: Objective): string {
  const several = new Set(rungs.map(({ bracket }) => bracket)).size > 1
  const folds = rungs.some((rung) => rung.folds > 1)
  const head: Cell[] = [
    ...(several ? [{ right: 'bracket' }] : []),
    { right: 'rung' },
    { right: 'epochs' },
    ...(folds ? [{ right: 'folds' }] : []),
    { right: 'trials' },
    { right: 'went on' },
    { right: `best ${metric} of those that stay` },
    { right: 'trial' },
  ]
  const rows = rungs.map(
    ({ bracket, rung, epochs, mostEpochs, folds: n, trials, promoted, best }): Cell[] => [
      ...(several ? [{ right: String(bracket) }] : []),
      { right: String(rung) },
      { right: epochs === mostEpochs ? String(epochs) : `${epochs} … ${mostEpochs}` },
      ...(folds ? [{ right: String(n) }] : []),
      { right: String(trials) },
      { right: promoted === 0 ? '' : String(promoted) },
      { right: number(best?.value) },
      { right: best === undefined ? '' : String(best.trial) },
    ],
  )
  return table(head, rows)
}
