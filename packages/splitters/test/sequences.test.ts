import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdout, kFold, stratified, walkForward } from '../src/index.ts'
import { sequencesRequest, seriesRequest, split } from './requests.ts'

const labelsOf = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 60, maxLength: 200 })

test('a holdout of sequences has each class in proportion', () => {
  const labels = Array.from({ length: 100 }, (_, i) => (i < 80 ? 0 : 1))
  const request = sequencesRequest(labels)
  const [fold] = split(holdout({ validation: 0.2 }), request)
  const positives = fold!.validation.filter((row) => labels[(row - 9) / 10] === 1)
  expect(fold!.validation).toHaveLength(20)
  expect(positives).toHaveLength(4)
})

test('stratified folds hold every sequence once, and each class within one of its share', () => {
  fc.assert(
    fc.property(labelsOf, fc.integer({ min: 2, max: 5 }), (labels, folds) => {
      const counts = [0, 1, 2].map((label) => labels.filter((each) => each === label).length)
      fc.pre(counts.every((count) => count === 0 || count >= folds))
      const made = split(stratified({ folds }), sequencesRequest(labels))
      const all = made.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)
      expect(all).toEqual(labels.map((_, i) => 10 * i + 9))
      for (const { validation } of made) {
        for (const [label, count] of counts.entries()) {
          const here = validation.filter((row) => labels[(row - 9) / 10] === label).length
          expect(Math.abs(here - count / folds)).toBeLessThan(1)
        }
      }
    }),
  )
})

test('another seed draws other folds, the same seed the same', () => {
  const labels = Array.from({ length: 60 }, (_, i) => i % 2)
  for (const plugin of [kFold({ folds: 3 }), stratified({ folds: 3 }), holdout()]) {
    const rows = (seed: number) => [...split(plugin, sequencesRequest(labels, seed))[0]!.validation]
    expect(rows(1)).toEqual(rows(1))
    expect(rows(1)).not.toEqual(rows(2))
  }
})

test('stratified folds of one series would leak and are refused', () => {
  const request = { ...seriesRequest(100), labels: new Int32Array(95) }
  expect(() => split(stratified(), request)).toThrow(expect.objectContaining({ code: 'RONDO_SPLIT_INVALID' }))
})

test('a class with fewer sequences than folds is named', () => {
  const labels = [...Array.from({ length: 30 }, () => 0), 1, 1]
  expect(() => split(stratified({ folds: 3 }), sequencesRequest(labels))).toThrow(/Class 1 has 2 sequences/)
})

test('walking forward needs an order in time', () => {
  expect(() => split(walkForward(), sequencesRequest([0, 1, 0, 1]))).toThrow(
    expect.objectContaining({ code: 'RONDO_SPLIT_INVALID' }),
  )
})

test('options are checked at composition', () => {
  expect(() => split(kFold({ folds: 1 }), seriesRequest(100))).toThrow(
    expect.objectContaining({ code: 'RONDO_OPTION_INVALID' }),
  )
  expect(() => split(holdout({ validation: 1.5 }), seriesRequest(100))).toThrow(
    expect.objectContaining({ code: 'RONDO_OPTION_INVALID' }),
  )
})
