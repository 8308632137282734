import type { Scheduler } from '@rondo/core'
import { describe, expect, it } from 'vitest'
import { hyperband } from '../src/index.ts'
import { type Curve, SimulatedStudy } from './support/simulated-study.ts'

const scheduler = (): Scheduler => hyperband({ eta: 3, firstRung: 1 }).create() as Scheduler
const curve: Curve = (trial, epoch) => ((trial * 7) % 23) + 20 / epoch

describe('hyperband', () => {
  it('runs the brackets of the paper’s table for R = 9 and eta = 3', () => {
    const study = new SimulatedStudy({ full: { epochs: 9, folds: 1 }, trials: 17, curve })
    study.run(scheduler())
    const bracket = (from: number, to: number): number[] => {
      const trials = study.trials.slice(from, to)
      return [1, 3, 9].map((epochs) => trials.filter((t) => t.reached.epochs >= epochs).length)
    }
    // s = 2: 9 → 3 → 1; s = 1: 5 → 1; s = 0: 3 in full.
    expect(bracket(0, 9)).toEqual([9, 3, 1])
    expect(bracket(9, 14)).toEqual([5, 5, 1])
    expect(bracket(14, 17)).toEqual([3, 3, 3])
  })

  it('fills its brackets with trials that are no repetitions', () => {
    const study = new SimulatedStudy({
      full: { epochs: 9, folds: 1 },
      trials: 12,
      curve,
      repeats: (trial) => (trial === 2 || trial === 5 || trial === 7 ? 0 : undefined),
    })
    study.run(scheduler())
    const competing = study.trials.filter(({ replicateOf }) => replicateOf === undefined)
    expect([1, 3, 9].map((epochs) => competing.filter((t) => t.reached.epochs >= epochs).length)).toEqual([
      9, 3, 1,
    ])
    for (const { replicateOf, legs } of study.trials)
      if (replicateOf !== undefined) expect(legs).toHaveLength(1)
  })

  it('promotes the best of a rung, once all its trials are there', () => {
    const study = new SimulatedStudy({ full: { epochs: 9, folds: 1 }, trials: 9, workers: 2, curve })
    study.run(scheduler())
    const losses = study.trials.map((t) => curve(t.number, 1, 0))
    const best = losses.toSorted((a, b) => a - b).slice(0, 3)
    const promoted = study.trials.filter((t) => t.legs.length > 1).map((t) => losses[t.number]!)
    expect(promoted.toSorted((a, b) => a - b)).toEqual(best)
  })

  it('keeps all workers at work by starting the next bracket', () => {
    const study = new SimulatedStudy({ full: { epochs: 9, folds: 1 }, trials: 17, workers: 4, curve })
    study.run(scheduler())
    expect(study.trials).toHaveLength(17)
    const starts = study.decisions.map((d, i) => ({ d, i }))
    const firstOfNext = starts.find(({ d }) => d.do === 'start' && d.tags?.bracket === 1)!.i
    const lastOfFirst = starts.findLast(({ d }) => d.do === 'resume' && d.tags?.bracket === 0)!.i
    expect(firstOfNext).toBeLessThan(lastOfFirst)
  })

  it('finishes a bracket that the trials do not suffice for', () => {
    const study = new SimulatedStudy({ full: { epochs: 9, folds: 1 }, trials: 4, curve })
    study.run(scheduler())
    expect(study.trials.some((t) => t.reached.epochs === 9)).toBe(true)
  })

  it('goes on when trials never show a finite value', () => {
    const failing: Curve = (trial, epoch) => (trial < 8 ? Number.NaN : curve(trial, epoch, 0))
    const study = new SimulatedStudy({ full: { epochs: 9, folds: 1 }, trials: 12, curve: failing })
    study.run(scheduler())
    expect(study.trials).toHaveLength(12)
    expect(study.trials.some((t) => t.reached.epochs === 9 && t.value !== undefined)).toBe(true)
  })

  it('stops a trial that learned nothing, says what it was compared with, and goes on with those left', () => {
    // Fewer have learned something than there are places on the next rung.
    const study = new SimulatedStudy({
      full: { epochs: 9, folds: 1 },
      trials: 9,
      workers: 2,
      curve: (trial) => (trial === 3 || trial === 7 ? 3 + trial / 100 : 5),
      constant: () => 5,
    })
    study.run(scheduler())
    for (const { number, state, reached, stopReason } of study.trials) {
      if (number === 3 || number === 7) continue
      expect(state).toBe('stopped')
      expect(reached.epochs).toBe(1)
      expect(stopReason).toBe(
        'In 1 epoch its best loss, 5, was no better than 5, that of predicting a constant.',
      )
    }
    expect(study.trials[7]!.reached.epochs).toBe(3)
    expect(study.trials[3]!.state).toBe('completed')
  })

  it('stops none for that where no trial learns anything', () => {
    const study = new SimulatedStudy({ full: { epochs: 9, folds: 1 }, trials: 9, curve, constant: () => 0 })
    study.run(scheduler())
    expect(study.trials.filter(({ state }) => state === 'stopped')).toEqual([])
  })
})
