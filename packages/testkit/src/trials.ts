import {
  type Budget,
  type CurvePoint,
  type History,
  type Objective,
  type Params,
  Ranking,
  type Space,
  type TrialView,
  trialValue,
} from '@rondo/core'
import { deepFreeze } from './freeze.ts'

/** The parts of a history that its trials do not tell. */
export interface HistoryFrame {
  readonly space: Space
  readonly objective: Objective
  readonly trialLimit: number
  readonly fullBudget: Budget
}

/** A history that refuses every change. */
export function historyOf(trials: readonly TrialView[], frame: HistoryFrame): History {
  const { space, trialLimit, fullBudget } = frame
  const keys = new Set(trials.map(({ params }) => space.keyOf(params)))
  const best = bestOf(trials, frame)
  return deepFreeze({
    trials: [...trials],
    trialsLeft: Math.max(0, trialLimit - trials.length),
    trialLimit,
    fullBudget: { ...fullBudget },
    ...(best === undefined ? {} : { best }),
    hasTried: (params: Params) => keys.has(space.keyOf(params)),
  })
}

/** The trial that ranks first, as in a study. */
function bestOf(
  trials: readonly TrialView[],
  { space, objective, fullBudget }: HistoryFrame,
): TrialView | undefined {
  const ranking = new Ranking(objective)
  for (const { number: trial, params, value, reached, state } of trials) {
    if (value === undefined) continue
    const epochs = state === 'completed' ? fullBudget.epochs : reached.epochs
    ranking.record(space.keyOf(params), { trial, value, folds: reached.folds, epochs })
  }
  return ranking.leader && trials[ranking.leader.trial]
}

/** A completed trial with one measurement. */
export function completedTrial(
  number: number,
  params: Params,
  value: number,
  frame: HistoryFrame,
  more: Partial<TrialView> = {},
): TrialView {
  const curve: readonly CurvePoint[] = [{ fold: 0, epoch: 1, value }]
  const best = trialValue(frame.objective, curve)
  return {
    number,
    params,
    origin: 'search',
    state: 'completed',
    legs: [{ budget: frame.fullBudget, tags: {}, state: 'done' }],
    reached: frame.fullBudget,
    curve,
    ...(best === undefined ? {} : { value: best.value, bestEpoch: best.epoch }),
    ...more,
  }
}

/** A trial whose params are at fault. */
export const failedTrial = (
  number: number,
  params: Params,
  frame: HistoryFrame,
  more: Partial<TrialView> = {},
): TrialView => ({
  ...unmeasuredTrial(number, params, frame, 'failed'),
  failure: { cause: 'params', code: 'RONDO_TRAIN_DIVERGED', message: 'The loss became NaN.' },
  ...more,
})

/** A trial in its first leg. */
export const runningTrial = (
  number: number,
  params: Params,
  frame: HistoryFrame,
  more: Partial<TrialView> = {},
): TrialView => ({ ...unmeasuredTrial(number, params, frame, 'running'), ...more })

function unmeasuredTrial(
  number: number,
  params: Params,
  { fullBudget }: HistoryFrame,
  state: 'failed' | 'running',
): TrialView {
  return {
    number,
    params,
    origin: 'search',
    state,
    legs: [{ budget: fullBudget, tags: {}, state }],
    reached: { epochs: 0, folds: 0 },
    curve: [],
  }
}

/** A smooth value of params, at least 0, that every active hyperparameter has a part in. */
export function simulatedValue(space: Space, params: Params): number {
  let total = 0
  for (const [i, name] of space.names.entries()) {
    const value = params[name]
    if (value === undefined) continue
    total += (positionOf(space, name, value) - 0.3 - 0.05 * (i % 5)) ** 2
  }
  return total
}

/** Where a value lies in its hyperparameter, in [0, 1]. */
function positionOf(space: Space, name: string, value: Params[string]): number {
  const parameter = space.get(name)
  switch (parameter.type) {
    case 'int':
    case 'float': {
      const { low, high, log } = parameter
      const scale = (x: number): number => (log === true ? Math.log(x) : x)
      return high === low ? 0 : (scale(value as number) - scale(low)) / (scale(high) - scale(low))
    }
    case 'choice':
      return parameter.values.indexOf(value) / Math.max(1, parameter.values.length - 1)
    case 'boolean':
      return value === true ? 1 : 0
    case 'fixed':
      return 0
  }
}
