import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillCodes, fillForward } from '../src/series/fill.ts'
import { cut, daily, file, load } from './files.ts'

const n = Number.NaN

describe('filling', () => {
  test('with the last value before', () => {
    const values = Float64Array.of(n, n, 3, n, n, 5, n)
    expect(fillForward(values, 'ffill')).toBe(2)
    expect(values).toEqual(Float64Array.of(n, n, 3, 3, 3, 5, 5))
  })

  test('with the mean of all that were recorded before', () => {
    const values = Float64Array.of(n, 2, n, 6, n, n)
    expect(fillForward(values, 'mean')).toBe(1)
    expect(values).toEqual(Float64Array.of(n, 2, 2, 6, 4, 4))
  })

  test('categories with the most frequent before, the first of equals', () => {
    const codes = Int32Array.of(-1, 1, -1, 0, -1, 0, -1)
    expect(fillCodes(codes, 'mean')).toBe(1)
    expect(codes).toEqual(Int32Array.of(-1, 1, 1, 0, 1, 0, 0))
  })

  test('never reads the future: what comes later does not change what is filled', () => {
    const cell = fc.option(fc.integer({ min: -9, max: 9 }), { nil: n })
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1 }),
        fc.array(cell),
        fc.constantFrom('ffill', 'mean'),
        (past, future, method) => {
          const whole = Float64Array.of(...past, ...future)
          const alone = Float64Array.of(...past)
          fillForward(whole, method)
          fillForward(alone, method)
          expect(whole.slice(0, past.length)).toEqual(alone)
        },
      ),
    )
  })
})

describe('a table with holes', () => {
  // x is missing on days 0, 1 and every tenth; y on day 50.
  const path = () =>
    file(
      daily(200, {
        x: (day) => (day < 2 || day % 10 === 5 ? '' : day),
        y: (day) => (day === 50 ? '' : day + (day % 2)),
      }),
    )

  test('filled forward keeps its rows but those with nothing before them', async () => {
    const dataset = await load(path(), { target: 'y', features: ['x'], missing: 'ffill', seasons: [] })
    expect(dataset.description.rows).toBe(198)
    expect(dataset.reasons.join()).toContain('2 left out')
    const view = dataset.development()
    const { targets } = view.targets(3)
    const { series } = view.prepare(cut(targets), { window: 3, scale: 'none' })
    // Row 13 is day 15, whose x is that of day 14.
    expect([...series.subarray(12, 15)]).toEqual([14, 14, 16])
  })

  test('is never scored on a target that was not recorded', async () => {
    const dataset = await load(path(), { target: 'y', missing: 'ffill', horizon: 2, seasons: [] })
    const { targets } = dataset.development().targets(3)
    // Day 50 is row 48; the samples whose two steps contain it are those of rows 48 and 49.
    expect(targets.includes(47)).toBe(true)
    expect(targets.includes(48)).toBe(false)
    expect(targets.includes(49)).toBe(false)
    expect(targets.includes(50)).toBe(true)
  })

  test('loses the rows with holes where that is wanted', async () => {
    const dataset = await load(path(), { target: 'y', features: ['x'], missing: 'drop', seasons: [] })
    expect(dataset.description.rows).toBe(200 - 2 - 20)
  })
})
