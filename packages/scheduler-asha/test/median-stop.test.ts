import {
  type CurvePoint,
  deriveRng,
  type History,
  minimize,
  type Scheduler,
  type TrialView,
} from '@rondo/core'
import { describe, expect, it } from 'vitest'
import { medianStop } from '../src/index.ts'

const full = { epochs: 10, folds: 1 }
const curveOf = (level: number, epochs: number): CurvePoint[] =>
  Array.from({ length: epochs }, (_, i) => ({ fold: 0, epoch: i + 1, value: level + 1 / (i + 1) }))

const trialOf = (number: number, level: number, epochs: number, state: TrialView['state']): TrialView => ({
  number,
  params: {},
  origin: 'search',
  state,
  legs: [],
  reached: { epochs, folds: 1 },
  curve: curveOf(level, epochs),
})

/** Five trials that settled at 1 … 5. */
const finished = [1, 2, 3, 4, 5].map((level, i) => trialOf(i, level, 10, 'completed'))
const history: History = {
  trials: [...finished, trialOf(5, 0, 0, 'running')],
  trialsLeft: 3,
  trialLimit: 9,
  fullBudget: full,
  hasTried: () => false,
}
const ask = (
  level: number,
  epoch: number,
  options = {},
  of = history,
  more: Partial<TrialView> = {},
): string | undefined => {
  const scheduler = medianStop(options).create() as Scheduler
  const rng = deriveRng({ seed: 1, purpose: 'interrupt' })
  const running = { ...trialOf(5, level, epoch, 'running'), ...more }
  return scheduler.interrupt!({ history: of, objective: minimize('mae'), rng, running })?.reason
}

describe('medianStop', () => {
  it('lets a trial go on that is better than the median of the others so far', () => {
    expect(ask(2, 4)).toBeUndefined()
  })

  it('stops one that is worse, with the numbers that led to it', () => {
    // The mean of 1/i for i = 1 … 4 is 25/48; the median trial settles at 3.
    expect(ask(4, 4)).toBe(
      `After epoch 4 of fold 1 the best mae was 4.25, worse than ${3 + 25 / 48}, the median of 5 trials.`,
    )
  })

  it('waits for enough finished trials and epochs', () => {
    expect(ask(4, 4, { minTrials: 6 })).toBeUndefined()
    expect(ask(4, 4, { minEpochs: 5 })).toBeUndefined()
    expect(ask(4, 5, { minEpochs: 5 })).toBeDefined()
  })

  it('neither stops nor counts a repetition', () => {
    expect(ask(4, 4, {}, history, { replicateOf: 1 })).toBeUndefined()
    const repeated = { ...trialOf(6, 1, 10, 'completed'), replicateOf: 0 }
    expect(ask(2.9, 4, {}, { ...history, trials: [...history.trials, repeated] })).toBeUndefined()
    expect(ask(4, 4, {}, { ...history, trials: [...history.trials, repeated] })).toMatch(/of 5 trials/)
  })

  it('stops a trial whose values are not finite', () => {
    expect(ask(Number.NaN, 4)).toMatch(/the best mae was not finite/)
  })

  it('trains every trial in full otherwise', () => {
    const scheduler = medianStop().create() as Scheduler
    const request = { history, objective: minimize('mae'), rng: deriveRng({ seed: 1, purpose: 'schedule' }) }
    expect(scheduler.next(request)).toEqual({ do: 'start', budget: full })
    expect(scheduler.next({ ...request, history: { ...history, trialsLeft: 0 } })).toEqual({ do: 'wait' })
  })
})
