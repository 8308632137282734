import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accuracy,
  balancedAccuracy,
  confusionOf,
  f1,
  mcc,
  precision,
  recall,
} from '../src/metrics/confusion.ts'
import { mae, pinball, r2, rmse } from '../src/metrics/errors.ts'
import { brier, logLoss } from '../src/metrics/probability.ts'
import { auc, averagePrecision } from '../src/metrics/ranking.ts'
import { mape, seasonalNaiveMae, smape } from '../src/metrics/relative.ts'
import { scoreClasses, toProbabilities } from '../src/metrics/score-classes.ts'

const floats = (...values: number[]) => Float64Array.from(values)
const ints = (...values: number[]) => Int32Array.from(values)

describe('numbers, by the examples of scikit-learn’s documentation', () => {
  const [y, p] = [floats(3, -0.5, 2, 7), floats(2.5, 0, 2, 8)]
  test('mae', () => expect(mae(y, p)).toBe(0.5))
  test('rmse', () => expect(rmse(y, p)).toBeCloseTo(Math.sqrt(0.375), 12))
  test('r2', () => expect(r2(y, p)).toBeCloseTo(0.9486081370449679, 12))
  test('mape, in percent', () => expect(mape(y, p)).toBeCloseTo(32.73809523809524, 10))
  test('pinball', () => {
    expect(pinball(floats(1, 2, 3), floats(0, 2, 3), 0.1)).toBeCloseTo(0.1 / 3, 12)
    expect(pinball(floats(1, 2, 3), floats(0, 2, 3), 0.9)).toBeCloseTo(0.3, 12)
  })
})

describe('numbers, by hand', () => {
  test('smape is at most 200 and takes 0 for 0 as right', () => {
    expect(smape(floats(0, 1), floats(0, -1))).toBe(100)
    expect(smape(floats(100, 50), floats(110, 50))).toBeCloseTo((200 * 10) / 210 / 2, 10)
  })
  test('mape passes over values of 0', () => expect(mape(floats(0, 10), floats(5, 11))).toBeCloseTo(10, 10))
  test('the seasonal naive error counts train rows whose season before is in the same series', () => {
    const values = floats(1, 2, 4, 8, 16, 0, 1, 10)
    const origins = ints(0, 0, 0, 0, 0, 5, 5, 5)
    // |4−1|, |8−2| of the first series, |10−0| of the second; row 4 is no train row.
    expect(seasonalNaiveMae(values, origins, ints(0, 1, 2, 3, 5, 6, 7), 2)).toBeCloseTo(19 / 3, 12)
  })
  test('the pinball loss of the median is half the mae', () => {
    const series = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(series, (values) => {
        const [y, p] = [floats(...values), floats(...values.toReversed())]
        expect(pinball(y, p, 0.5)).toBeCloseTo(mae(y, p) / 2, 9)
      }),
    )
  })
})

describe('classes, by the examples of scikit-learn’s documentation', () => {
  const three = confusionOf(ints(0, 1, 2, 0, 1, 2), ints(0, 2, 1, 0, 0, 1), 3)
  test('accuracy', () => expect(accuracy(confusionOf(ints(0, 1, 2, 3), ints(0, 2, 1, 3), 4))).toBe(0.5))
  test('precision, recall and f1, mean over three classes', () => {
    expect(precision(three)).toBeCloseTo(0.2222222222, 9)
    expect(recall(three)).toBeCloseTo(0.3333333333, 9)
    expect(f1(three)).toBeCloseTo(0.2666666667, 9)
  })
  test('balanced accuracy', () =>
    expect(balancedAccuracy(confusionOf(ints(0, 1, 0, 0, 1, 0), ints(0, 1, 0, 0, 0, 1), 2))).toBe(0.625))
  test('mcc', () => expect(mcc(confusionOf(ints(1, 1, 1, 0), ints(1, 0, 1, 1), 2))).toBeCloseTo(-1 / 3, 12))
  test('auc', () => expect(auc(Uint8Array.of(0, 0, 1, 1), floats(0.1, 0.4, 0.35, 0.8))).toBe(0.75))
  test('average precision', () =>
    expect(averagePrecision(Uint8Array.of(0, 0, 1, 1), floats(0.1, 0.4, 0.35, 0.8))).toBeCloseTo(
      0.8333333333,
      9,
    ))
  test('brier', () =>
    expect(brier(ints(0, 1, 1, 0), toProbabilities([0.1, 0.9, 0.8, 0.3], 2), 2)).toBeCloseTo(0.0375, 12))
  test('log loss', () =>
    expect(logLoss(ints(1, 0, 0, 1), toProbabilities([0.9, 0.1, 0.2, 0.65], 2), 2)).toBeCloseTo(
      0.21616187,
      7,
    ))
})

describe('classes, by rules', () => {
  test('precision and recall are of the second of two classes', () => {
    const confusion = confusionOf(ints(1, 1, 1, 0, 0), ints(1, 0, 0, 1, 0), 2)
    expect([precision(confusion), recall(confusion)]).toEqual([1 / 2, 1 / 3])
    expect(f1(confusion)).toBeCloseTo(0.4, 12)
  })

  test('auc is the share of pairs in the right order, ties half', () => {
    const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 4 })), {
      minLength: 2,
    })
    fc.assert(
      fc.property(samples, (list) => {
        const positives = list.filter(([label]) => label === 1)
        const negatives = list.filter(([label]) => label === 0)
        fc.pre(positives.length > 0 && negatives.length > 0)
        let right = 0
        for (const [, p] of positives) for (const [, n] of negatives) right += p > n ? 1 : p === n ? 0.5 : 0
        const measured = auc(
          Uint8Array.from(list, ([label]) => label),
          floats(...list.map(([, score]) => score)),
        )
        expect(measured).toBeCloseTo(right / (positives.length * negatives.length), 10)
      }),
    )
  })

  test('a certain and right model is perfect in every metric', () => {
    const actual = ints(0, 2, 1, 2, 0)
    const certain = Float64Array.from({ length: 15 }, (_, i) => (actual[Math.floor(i / 3)] === i % 3 ? 1 : 0))
    const scores = scoreClasses(actual, certain, 3)
    for (const name of [
      'accuracy',
      'balancedAccuracy',
      'f1',
      'precision',
      'recall',
      'auc',
      'averagePrecision',
      'mcc',
    ] as const) {
      expect([name, scores[name]]).toEqual([name, 1])
    }
    expect(scores.brier).toBe(0)
    expect(scores.logLoss).toBeCloseTo(0, 12)
  })

  test('a certain and wrong model has a finite log loss', () => {
    expect(logLoss(ints(1), toProbabilities([0], 2), 2)).toBeGreaterThan(10)
    expect(logLoss(ints(1), toProbabilities([0], 2), 2)).toBeLessThan(100)
  })
})
