import { defineSpace, int, maximize, minimize, type Scheduler, type SearchStrategy } from '@rondo/core'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../bench/multi-fidelity/simulate.ts'
import { taskOf, withMeanCurves } from '../../bench/multi-fidelity/tasks.ts'

/** Two trainings of each of three configurations, two epochs long. By their means the first is the best, the second the median. */
const task = taskOf({
  name: 'small',
  suite: 'ours',
  space: defineSpace({ units: int(1, 3) }),
  objective: minimize('loss'),
  epochs: 2,
  configurations: [{ units: 1 }, { units: 2 }, { units: 3 }],
  curves: [
    [Float32Array.of(5, 4), Float32Array.of(5, 2)],
    [Float32Array.of(3, 3), Float32Array.of(6, 5)],
    [Float32Array.of(10, Number.NaN), Float32Array.of(9, 8)],
  ],
})

const inOrder: SearchStrategy = { suggest: ({ trial }) => ({ params: task.configurations[trial]! }) }
const inFull: Scheduler = { next: ({ history }) => ({ do: 'start', budget: history.fullBudget }) }

const regretsOf = (seed: number, trainings: readonly number[], scheduler = inFull, workers = 1) =>
  simulate(task, { name: 'in order', strategy: () => inOrder, scheduler }, { seed, workers, trainings })

const lossOf = (configuration: number, seed: number): number =>
  Math.min(...task.curve(configuration, seed).filter((loss) => !Number.isNaN(loss)))

describe('a simulated study', () => {
  it('ranks by the trainings that a seed meets, and is scored by the mean of all', async () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed)
    const ways = new Set<number>()
    for (const seed of seeds) {
      const second = lossOf(1, seed) < lossOf(0, seed) ? 1 : 0
      ways.add(second)
      expect(await regretsOf(seed, [1, 2, 3])).toEqual([0, second, second])
    }
    expect(ways).toEqual(new Set([0, 1]))
  })

  it('scores a trial under way at the epochs that it has come to', async () => {
    // After one epoch the mean of the first configuration is 5: twice as far from the best, 3, as the median, 4.
    expect(await regretsOf(0, [0.5, 1])).toEqual([2, 0])
    // Two workers have then trained the first two for one epoch each; means are 5 and 4.5.
    const leader = task.curve(1, 0)[0]! < task.curve(0, 0)[0]! ? 1.5 : 2
    expect(await regretsOf(0, [1], inFull, 2)).toEqual([leader])
  })

  it('scores a paused trial at the rung that it has come to', async () => {
    const oneEpoch: Scheduler = { next: () => ({ do: 'start', budget: { epochs: 1, folds: 1 } }) }
    const leader = task.curve(1, 0)[0]! < task.curve(0, 0)[0]! ? 1.5 : 2
    expect(await regretsOf(0, [1], oneEpoch)).toEqual([leader])
  })
})

describe('a task of mean curves', () => {
  const mean = taskOf(withMeanCurves(task))

  it('has of each configuration the mean of the best by each epoch', () => {
    expect(mean.curves).toEqual([
      [Float32Array.of(5, 3)],
      [Float32Array.of(4.5, 4)],
      // The training that diverged had its best before: 10.
      [Float32Array.of(9.5, 9)],
    ])
  })

  it('has the regrets of the single trainings, and ranks by them whatever the seed', async () => {
    for (const configuration of [0, 1, 2]) {
      for (const epoch of [1, 2]) {
        expect(mean.regret(configuration, epoch)).toBe(task.regret(configuration, epoch))
      }
    }
    for (let seed = 0; seed < 20; seed++) {
      const method = { name: 'in order', strategy: () => inOrder, scheduler: inFull }
      expect(await simulate(mean, method, { seed, workers: 1, trainings: [1, 2, 3] })).toEqual([0, 0, 0])
    }
  })

  it('turns no maximum into a minimum', () => {
    const curves = [[Float32Array.of(1, 3, 2), Float32Array.of(2, 1, 6)]]
    const most = { ...task, objective: maximize('accuracy'), epochs: 3, curves }
    expect(withMeanCurves(most).curves).toEqual([[Float32Array.of(1.5, 2.5, 4.5)]])
  })
})

describe('a task', () => {
  it('has the same training for a seed however often it is asked', () => {
    for (let seed = 0; seed < 5; seed++) expect(task.curve(0, seed)).toBe(task.curve(0, seed))
  })

  it('has each configuration once, and no curve of another', () => {
    expect(task.numberOf({ units: 2 })).toBe(1)
    const [first, ...others] = task.configurations
    expect(() => taskOf({ ...task, configurations: [first!, first!, ...others] })).toThrow('twice')
    const fewer = taskOf({ ...task, configurations: [first!], curves: task.curves.slice(0, 1) })
    expect(() => fewer.numberOf({ units: 2 })).toThrow('no curve')
  })
})
