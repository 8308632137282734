import { type DatasetDescription, defineSpace } from '@rondo/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hyperparameterNames } from '../src/hyperparameters.ts'
import { lstm, spaceFor } from '../src/index.ts'

const births: DatasetDescription = {
  name: 'births.csv',
  hash: '',
  task: 'forecast',
  rows: 5479,
  testRows: 822,
  features: ['births'],
  targets: ['births'],
  horizon: 1,
  outputs: 1,
  seasons: [7, 364],
  sequential: true,
}

test('a daily forecast gets windows of two and four weeks, a weekly difference, and sizes that are worth their time', () => {
  const space = spaceFor(births)
  expect(space.window).toMatchObject({ values: [14, 28], default: 28 })
  expect(space.targetTransform).toMatchObject({ values: ['level', 'difference', 'difference-7'] })
  expect(space.units).toMatchObject({ low: 16, high: 128, log: true })
})

test('begins with the level where the season says less than the value before', () => {
  expect(spaceFor(births).targetTransform).toMatchObject({ default: 'difference-7' })
  expect(spaceFor({ ...births, bestLag: 7 }).targetTransform).toMatchObject({ default: 'difference-7' })
  expect(spaceFor({ ...births, bestLag: 1 }).targetTransform).toMatchObject({ default: 'level' })
})

test('begins with a difference where there is a trend or little change, to whatever says more', () => {
  const formOf = (data: Partial<DatasetDescription>) => spaceFor({ ...births, ...data }).targetTransform
  expect(formOf({ trend: true, bestLag: 1 })).toMatchObject({ default: 'difference' })
  expect(formOf({ trend: true, bestLag: 7 })).toMatchObject({ default: 'difference-7' })
  expect(formOf({ trend: true, bestLag: 1, seasons: [] })).toMatchObject({
    values: ['level', 'difference'],
    default: 'difference',
  })
  expect(formOf({ naiveShare: 0.1, bestLag: 1 })).toMatchObject({ default: 'difference' })
  expect(formOf({ naiveShare: 0.1, bestLag: 7 })).toMatchObject({ default: 'difference-7' })
  expect(formOf({ naiveShare: 0.4, bestLag: 1 })).toMatchObject({ default: 'level' })
})

test('classes of a series get longer windows, and the widest ranges', () => {
  const space = spaceFor({ ...births, task: 'classify' })
  expect(space.window).toMatchObject({ values: [14, 28, 56] })
  expect(space.units).toEqual(lstm.space.units)
  expect(space.learningRate).toEqual(lstm.space.learningRate)
})

test('independent sequences get neither window nor transform', () => {
  const space = spaceFor({ ...births, task: 'classify', sequential: false, seasons: [] })
  expect(Object.keys(space)).toEqual(Object.keys(lstm.space))
})

test('whatever the data, the space is sound and names only what dataset and builder read', () => {
  const read = new Set([...hyperparameterNames, 'window', 'targetTransform'])
  fc.assert(
    fc.property(
      fc.record({
        rows: fc.integer({ min: 10, max: 2_000_000 }),
        seasons: fc.array(fc.integer({ min: 2, max: 9000 }), { maxLength: 3 }),
        task: fc.constantFrom('forecast', 'classify', 'regress'),
        sequential: fc.boolean(),
        bestLag: fc.constantFrom(1, 7),
        trend: fc.boolean(),
        naiveShare: fc.double({ min: 0, max: 2, noNaN: true }),
      }),
      (data) => {
        const testRows = Math.floor(data.rows * 0.15)
        const space = defineSpace(spaceFor({ ...births, ...data, task: data.task as 'forecast', testRows }))
        expect(space.defaults()).toBeDefined()
        expect(space.names.filter((name) => !read.has(name))).toEqual([])
      },
    ),
  )
})
