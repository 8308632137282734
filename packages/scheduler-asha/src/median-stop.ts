import {
  count,
  definePlugin,
  isBetter,
  type Objective,
  type Plugin,
  SCHEDULER,
  type Scheduler,
  type TrialView,
} from '@rondo/core'
import { type MedianStopOptions, medianStopOptions } from './options.ts'
import { competes } from './standing.ts'

/**
 * Trains every trial in full, but stops one whose best value so far is worse than the median, over the finished trials,
 * of the mean of their values up to the same epoch (the median rule of Golovin et al., "Google Vizier", 2017, section
 * 3.2.2). It interrupts running legs. A repetition is neither stopped nor counted: it is there to measure once more what
 * was good.
 *
 * ```ts
 * scheduler: medianStop({ minTrials: 5, minEpochs: 3 })
 * ```
 */
export const medianStop = (options: MedianStopOptions = {}): Plugin<Scheduler> =>
  definePlugin({
    name: 'median-stop',
    provides: SCHEDULER,
    scope: 'study',
    options,
    schema: medianStopOptions,
    create: () => {
      const { minTrials, minEpochs } = medianStopOptions.parse(options)
      return {
        next: ({ history }) =>
          history.trialsLeft > 0 ? { do: 'start', budget: history.fullBudget } : { do: 'wait' },
        interrupt: ({ history, objective, running }) => {
          const now = running.curve.at(-1)
          if (now === undefined || now.epoch < minEpochs || !competes(running)) return undefined
          const own = bestOf(running, now.fold, now.epoch, objective)
          const others = history.trials
            .filter((trial) => trial.state === 'completed' && competes(trial))
            .map((trial) => meanOf(trial, now.fold, now.epoch))
            .filter((mean) => mean !== undefined)
          if (others.length < minTrials) return undefined
          const median = medianOf(others)
          if (own !== undefined && !isBetter(objective, median, own)) return undefined
          return {
            reason:
              `After epoch ${now.epoch} of fold ${now.fold + 1} the best ${objective.metric} was ` +
              `${own ?? 'not finite'}, worse than ${median}, the median of ${count(others.length, 'trial')}.`,
          }
        },
      }
    },
  })

function valuesTo({ curve }: TrialView, fold: number, epoch: number): number[] {
  return curve
    .filter((p) => p.fold === fold && p.epoch <= epoch && Number.isFinite(p.value))
    .map((p) => p.value)
}

function bestOf(trial: TrialView, fold: number, epoch: number, objective: Objective): number | undefined {
  const values = valuesTo(trial, fold, epoch)
  return values.length === 0 ? undefined : values.reduce((a, b) => (isBetter(objective, b, a) ? b : a))
}

function meanOf(trial: TrialView, fold: number, epoch: number): number | undefined {
  const values = valuesTo(trial, fold, epoch)
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length
}

function medianOf(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b)
  const middle = Math.floor(ascending.length / 2)
  return ascending.length % 2 === 1 ? ascending[middle]! : (ascending[middle - 1]! + ascending[middle]!) / 2
}
