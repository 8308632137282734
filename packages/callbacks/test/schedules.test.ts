import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dropoutSchedule, learningRateSchedule, reduceOnPlateau } from '../src/index.ts'
import { curveAt } from '../src/schedule-curve.ts'
import { makeCallback, startFold } from './support.ts'

describe('the learning rate', () => {
  const run = (...args: Parameters<typeof learningRateSchedule>): readonly number[] => {
    const fold = startFold(makeCallback(learningRateSchedule(...args)), {
      epochs: 5,
      updatesPerEpoch: 2,
      learningRate: 2,
    })
    for (let i = 0; i < 5; i++) fold.epoch(1)
    return fold.rates
  }

  test('goes from the trial’s own to its share over all updates', () => {
    expect(run({ kind: 'constant' })).toEqual(new Array(10).fill(2))
    expect(run({ kind: 'linear', to: 0.1 }).at(0)).toBe(2)
    expect(run({ kind: 'linear', to: 0.1 }).at(-1)).toBeCloseTo(0.2)
    expect(run({ kind: 'cosine', to: 0.1 }).at(-1)).toBeCloseTo(0.2)
    const exponential = run({ kind: 'exponential', to: 0.1 })
    for (let i = 2; i < 10; i++) {
      expect(exponential[i]! / exponential[i - 1]!).toBeCloseTo(exponential[1]! / exponential[0]!)
    }
  })

  test('rises from the first update on in a warm-up', () => {
    expect(run({ kind: 'warmup', warmup: 0.4 })).toEqual([0.5, 1, 1.5, 2, 2, 2, 2, 2, 2, 2])
  })

  test('halves on a plateau, not below the bound, and rests after it', () => {
    const fold = startFold(makeCallback(reduceOnPlateau({ patience: 2, cooldown: 1, minLearningRate: 0.3 })))
    const rates = [5, 4, 4, 4, 4, 4, 4, 3, 3, 3].map((value) => {
      fold.epoch(value)
      return fold.control.learningRate
    })
    //                    5  4  4  4    rest 1    2     better, then 1 and 2
    expect(rates).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3])
  })
})

test('dropout goes from epoch to epoch between its ends', () => {
  const fold = startFold(makeCallback(dropoutSchedule({ kind: 'linear', from: 0.1, to: 0.5 })), { epochs: 5 })
  const rates = []
  for (let i = 0; i < 5; i++) {
    rates.push(fold.control.dropout)
    fold.epoch(1)
  }
  expect(rates.map((rate) => rate!.toFixed(2))).toEqual(['0.10', '0.20', '0.30', '0.40', '0.50'])
})

test('curves begin and end where they shall, are monotonic, and do not leave the range', () => {
  const rate = fc.double({ min: 1e-6, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.constantFrom('linear', 'cosine', 'exponential'), rate, rate, (kind, from, to) => {
      expect(curveAt(kind, from, to, 0)).toBeCloseTo(from, 9)
      expect(curveAt(kind, from, to, 1)).toBeCloseTo(to, 9)
      const steps = Array.from(
        { length: 11 },
        (_, i) => curveAt(kind, from, to, i / 10) * Math.sign(to - from),
      )
      for (let i = 1; i < steps.length; i++) expect(steps[i]! - steps[i - 1]!).toBeGreaterThanOrEqual(-1e-12)
    }),
  )
})
