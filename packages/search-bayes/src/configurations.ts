import {
  type Budget,
  type History,
  type Objective,
  type Params,
  type Space,
  type TrialView,
  trialValue,
} from '@rondo/core'

/** What was measured of a configuration with one budget. */
export interface Measurement {
  /** 1 for the full budget; less, on a log scale of the work, for a part of it. */
  readonly fidelity: number
  /** The values of its trials, NaN where one failed. */
  readonly values: readonly number[]
  /** The mean of {@link Measurement.values} that are numbers; NaN where there is none. */
  readonly value: number
}

/** A configuration that was tried, with all its trials: the first and its replicates. */
export interface Configuration {
  readonly params: Params
  /** The number of its first trial. */
  readonly trial: number
  /** By fidelity, ascending; empty where nothing is known yet. */
  readonly measurements: readonly Measurement[]
}

/** Whether all trials of the configuration failed. */
export const hasFailed = ({ measurements }: Configuration): boolean =>
  measurements.length > 0 && Number.isNaN(measurements.at(-1)!.value)

/** Whether any of some configurations, each with a measurement at least, was measured with a part of the budget. */
export const hasPartialBudgets = (measured: readonly Configuration[]): boolean =>
  measured.some(({ measurements }) => measurements[0]!.fidelity < 1)

/** Whether a trial has ended for good. */
export const isOver = ({ state }: TrialView): boolean =>
  state === 'completed' || state === 'failed' || state === 'stopped'

/** The configurations of a history, in the order of their first trials. */
export function configurationsOf(history: History, space: Space, objective: Objective): Configuration[] {
  const levels = levelsOf(history)
  const full = Math.log(workOf(history.fullBudget))
  const byKey = new Map<
    string,
    { readonly params: Params; readonly trial: number; readonly values: Valued[] }
  >()
  for (const trial of history.trials) {
    const key = space.keyOf(trial.params)
    const known = byKey.get(key) ?? { params: trial.params, trial: trial.number, values: [] }
    byKey.set(key, known)
    known.values.push(...valuesOf(trial, levels, objective))
  }
  return [...byKey.values()].map(({ params, trial, values }) => {
    const works = [...new Set(values.map(({ work }) => work))].sort((a, b) => a - b)
    const measurements = works.map((work): Measurement => {
      const own = values.filter((v) => v.work === work).map(({ value }) => value)
      return { fidelity: full === 0 ? 1 : Math.log(work) / full, values: own, value: meanOfNumbers(own) }
    })
    return { params, trial, measurements }
  })
}

/** A value and the work behind it, in epochs × folds. */
interface Valued {
  readonly work: number
  readonly value: number
}

const workOf = ({ epochs, folds }: Budget): number => epochs * folds

/** The budgets to which legs of the study have run, by work; the full one always. */
function levelsOf({ trials, fullBudget }: History): Budget[] {
  const levels = new Map<string, Budget>()
  const add = (budget: Budget): unknown => levels.set(`${budget.epochs}/${budget.folds}`, budget)
  for (const { legs, state } of trials) {
    // A leg that was interrupted did not come to its budget.
    if (state !== 'stopped') for (const leg of legs) if (leg.state === 'done') add(leg.budget)
  }
  add(fullBudget)
  return [...levels.values()].sort((a, b) => workOf(a) - workOf(b) || a.folds - b.folds)
}

/** The values of a trial at the levels that it has reached; NaN at those that it will not reach as it failed. */
function valuesOf(trial: TrialView, levels: readonly Budget[], objective: Objective): Valued[] {
  const { state, reached, curve, value } = trial
  const full = levels.at(-1)!
  const failure = (level: Budget): Valued => ({ work: workOf(level), value: Number.NaN })
  if (value === undefined) {
    return isOver(trial) ? levels.map(failure) : []
  }
  // A trial that ended itself early has no more to show for a larger number of epochs.
  const epochs = state === 'completed' ? full.epochs : reached.epochs
  const isReached = (level: Budget): boolean => epochs >= level.epochs && reached.folds >= level.folds
  const values = levels.filter(isReached).flatMap((level) => {
    const seen = curve.filter((p) => p.epoch <= level.epochs && p.fold < level.folds)
    const at = seen.length === curve.length ? value : trialValue(objective, seen)?.value
    return at === undefined ? [] : [{ work: workOf(level), value: at }]
  })
  if (state === 'failed') return [...values, ...levels.filter((level) => !isReached(level)).map(failure)]
  // One that was stopped on the way tells what it had shown by then.
  return values.length > 0 ? values : [{ work: Math.max(1, workOf(reached)), value }]
}

function meanOfNumbers(values: readonly number[]): number {
  const numbers = values.filter((v) => !Number.isNaN(v))
  return numbers.reduce((a, b) => a + b, 0) / numbers.length
}
