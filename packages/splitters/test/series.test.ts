import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdout, kFold, walkForward } from '../src/index.ts'
import { seriesRequest, split } from './requests.ts'

const shapes = {
  rows: fc.integer({ min: 120, max: 400 }),
  horizon: fc.integer({ min: 1, max: 8 }),
  window: fc.integer({ min: 1, max: 20 }),
  gap: fc.integer({ min: 0, max: 10 }),
}

test('the latest fifth is validated on, and the rows before it are trained on', () => {
  const request = seriesRequest(105)
  const [fold] = split(holdout(), request)
  expect([...fold!.validation]).toEqual([...request.targets.slice(80)])
  expect([...fold!.train]).toEqual([...request.targets.slice(0, 80)])
})

test('a validation part can be given as a number of rows', () => {
  const [fold] = split(holdout({ validation: 7 }), seriesRequest(105))
  expect(fold!.validation).toHaveLength(7)
})

test('training ends at least horizon and gap before validation', () => {
  fc.assert(
    fc.property(fc.record(shapes), ({ rows, horizon, window, gap }) => {
      const request = seriesRequest(rows, horizon, window)
      for (const plugin of [holdout({ gap }), walkForward({ folds: 3, gap })]) {
        for (const { train, validation } of split(plugin, request)) {
          expect(validation[0]! - train.at(-1)!).toBeGreaterThanOrEqual(horizon + gap)
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('nothing is left out of training without need', () => {
  fc.assert(
    fc.property(fc.record(shapes), ({ rows, horizon, window, gap }) => {
      const [fold] = split(holdout({ gap }), seriesRequest(rows, horizon, window))
      expect(fold!.validation[0]! - fold!.train.at(-1)!).toBe(horizon + gap)
    }),
    { numRuns: 50 },
  )
})

test('walking forward starts with the latest block, and the blocks follow each other without overlap', () => {
  const request = seriesRequest(204)
  const folds = split(walkForward({ folds: 3, validation: 20 }), request)
  expect(folds.map(({ validation }) => [validation[0], validation.at(-1)])).toEqual([
    [184, 203],
    [164, 183],
    [144, 163],
  ])
  expect(folds.map(({ train }) => [train[0], train.at(-1)])).toEqual([
    [5, 183],
    [5, 163],
    [5, 143],
  ])
})

test('a rolling window trains on the latest rows only', () => {
  const folds = split(walkForward({ folds: 2, train: 50 }), seriesRequest(300))
  for (const { train, validation } of folds) {
    expect(train).toHaveLength(50)
    expect(train.at(-1)).toBe(validation[0]! - 1)
  }
})

test('k-fold validates on every target once and purges what overlaps the block', () => {
  fc.assert(
    fc.property(
      fc.record(shapes),
      fc.integer({ min: 2, max: 5 }),
      ({ rows, horizon, window, gap }, folds) => {
        const request = seriesRequest(rows + 100, horizon, window)
        const made = split(kFold({ folds, purge: gap }), request)
        expect(made.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual([
          ...request.targets,
        ])
        for (const { train, validation } of made) {
          const [first, last] = [validation[0]!, validation.at(-1)!]
          for (const row of train) {
            if (row < first) expect(row).toBeLessThanOrEqual(first - horizon - gap)
            // The oldest input row of a later target lies behind every label of the block.
            else expect(row - horizon - window + 1).toBeGreaterThan(last + gap)
          }
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('several series are divided each by itself, and one too short only trains', () => {
  const series = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)
  const targets = Int32Array.from([...series(5, 40), ...series(55, 2), ...series(70, 20)])
  const groups = targets.map((row) => (row < 50 ? 0 : row < 60 ? 1 : 2))
  const [fold] = split(holdout({ validation: 0.2 }), { ...seriesRequest(100), targets, groups })
  expect([...fold!.validation]).toEqual([...series(37, 8), ...series(86, 4)])
  expect([...fold!.train]).toEqual([...series(5, 32), ...series(55, 2), ...series(70, 16)])
})

test('too few rows for the folds are refused with the number of rows', () => {
  const tooFew = () => split(walkForward({ folds: 10, validation: 20 }), seriesRequest(100))
  expect(tooFew).toThrow(expect.objectContaining({ code: 'RONDO_SPLIT_INVALID', value: 95 }))
})

test('a validation part that leaves nothing to train on is refused', () => {
  expect(() => split(holdout({ validation: 500 }), seriesRequest(100))).toThrow(
    expect.objectContaining({ code: 'RONDO_SPLIT_INVALID', place: { field: 'splitter.validation' } }),
  )
})

test('a gap as long as the series leaves nothing to train on and is refused', () => {
  expect(() => split(holdout({ gap: 1000 }), seriesRequest(100))).toThrow(
    expect.objectContaining({ code: 'RONDO_SPLIT_INVALID' }),
  )
})
