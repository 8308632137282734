import { maximize, minimize } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curveAfter } from '../../src/study/trial-record.ts'
import { trialValue } from '../../src/study/trial-value.ts'

const value = fc.double({ min: -100, max: 100, noNaN: true })
const curves = fc.array(fc.array(value, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 })
const pointsOf = (folds: readonly (readonly number[])[]) =>
  folds.flatMap((values, fold) => values.map((value, i) => ({ fold, epoch: i + 1, value })))

describe("a trial's value", () => {
  test('is the best epoch of the mean curve, among those that every fold has reached', () => {
    fc.assert(
      fc.property(curves, (folds) => {
        const shared = Math.min(...folds.map(({ length }) => length))
        const means = Array.from(
          { length: shared },
          (_, i) => folds.reduce((sum, values) => sum + values[i]!, 0) / folds.length,
        )
        const found = trialValue(minimize('val_mae'), pointsOf(folds).reverse())!
        expect(found.value).toBeCloseTo(Math.min(...means), 9)
        expect(means[found.epoch - 1]).toBeCloseTo(found.value, 9)
      }),
    )
  })

  test('is the best epoch of the pooled curve, where the metric is pooled', () => {
    const measured = (fold: number, epoch: number, value: number, pooled?: number) => ({
      fold,
      epoch,
      metrics: { val_averagePrecision: value, ...(pooled && { pooled_val_averagePrecision: pooled }) },
    })
    const measurements = [
      measured(0, 1, 0.9),
      measured(0, 2, 0.5),
      measured(0, 3, 0.99),
      measured(1, 1, 0.8, 0.3),
      measured(1, 2, 0.4, 0.6),
    ]
    const objective = maximize('val_averagePrecision')
    const curve = curveAfter({ curve: [] } as never, { measurements }, objective)
    // The third epoch is not the second fold's.
    expect(trialValue(objective, curve)).toEqual({ value: 0.6, epoch: 2 })
  })
})
