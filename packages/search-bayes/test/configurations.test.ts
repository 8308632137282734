import { defineSpace, float, type History, int, minimize, type TrialView } from '@rondo/core'
import { describe, expect, it } from 'vitest'
import { configurationsOf, hasFailed } from '../src/configurations.ts'

const space = defineSpace({ units: int(1, 100), rate: float(0, 1) })
const objective = minimize('loss')

const historyOf = (trials: readonly Partial<TrialView>[], epochs = 9): History => ({
  trials: trials.map((trial, number) => ({
    number,
    params: { units: number + 1, rate: 0.5 },
    origin: 'search',
    state: 'completed',
    legs: [],
    reached: { epochs: 0, folds: 0 },
    curve: [],
    ...trial,
  })),
  trialsLeft: 10,
  trialLimit: 20,
  fullBudget: { epochs, folds: 1 },
  hasTried: () => false,
})
const leg = (epochs: number) => ({ budget: { epochs, folds: 1 }, tags: {}, state: 'done' as const })
const curve = (...values: readonly number[]) => values.map((value, i) => ({ fold: 0, epoch: i + 1, value }))

describe('what is known of a configuration', () => {
  it('is the mean of its replicates', () => {
    const reached = { epochs: 9, folds: 1 }
    const params = { units: 7, rate: 0.1 }
    const trials = [
      { params, value: 1, reached },
      { params, value: 3, reached, replicateOf: 0 },
    ]
    const [only, ...others] = configurationsOf(historyOf(trials), space, objective)
    expect(others).toEqual([])
    expect(only!.measurements).toEqual([{ fidelity: 1, values: [1, 3], value: 2 }])
  })

  it('is a value at each rung that it has reached, the best up to there', () => {
    const trials: Partial<TrialView>[] = [
      { state: 'paused', legs: [leg(1)], reached: { epochs: 1, folds: 1 }, curve: curve(5), value: 5 },
      {
        state: 'paused',
        legs: [leg(1), leg(3)],
        reached: { epochs: 3, folds: 1 },
        curve: curve(4, 2, 3),
        value: 2,
      },
    ]
    const [first, second] = configurationsOf(historyOf(trials), space, objective)
    expect(first!.measurements.map((m) => m.value)).toEqual([5])
    expect(second!.measurements.map((m) => m.value)).toEqual([4, 2])
    // On a log scale of the work an epoch of nine is nothing, three are half.
    expect(second!.measurements[0]!.fidelity).toBe(0)
    expect(second!.measurements[1]!.fidelity).toBeCloseTo(0.5, 12)
  })

  it('is known at the full budget where a trial ended itself early', () => {
    const trials: Partial<TrialView>[] = [
      { state: 'completed', legs: [leg(3)], reached: { epochs: 3, folds: 1 }, curve: curve(4, 2), value: 2 },
    ]
    expect(configurationsOf(historyOf(trials), space, objective)[0]!.measurements.at(-1)).toMatchObject({
      fidelity: 1,
      value: 2,
    })
  })

  it('is what a stopped trial had shown by then', () => {
    const trials: Partial<TrialView>[] = [
      { state: 'stopped', legs: [leg(9)], reached: { epochs: 3, folds: 1 }, curve: curve(4, 3, 5), value: 3 },
    ]
    const [only] = configurationsOf(historyOf(trials), space, objective)
    expect(only!.measurements).toEqual([{ fidelity: expect.closeTo(0.5, 12), values: [3], value: 3 }])
  })

  it('is a failure at the budgets that a trial did not reach as it failed', () => {
    const trials: Partial<TrialView>[] = [
      { state: 'failed', legs: [leg(1)], reached: { epochs: 1, folds: 1 }, curve: curve(5), value: 5 },
      { state: 'failed', legs: [] },
    ]
    const [late, early] = configurationsOf(historyOf(trials), space, objective)
    expect(late!.measurements.map((m) => m.value)).toEqual([5, Number.NaN])
    expect(early!.measurements.map((m) => m.value)).toEqual([Number.NaN, Number.NaN])
    expect([late!, early!].every(hasFailed)).toBe(true)
  })

  it('is a failure where no trial of it has a value, and nothing while it runs', () => {
    const trials: Partial<TrialView>[] = [{ state: 'failed' }, { state: 'running' }]
    const [failed, running] = configurationsOf(historyOf(trials), space, objective)
    expect(hasFailed(failed!)).toBe(true)
    expect(running!.measurements).toEqual([])
    expect(hasFailed(running!)).toBe(false)
  })
})
