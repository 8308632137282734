import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitScaler, quantile, signedExp, signedLog } from '../src/transform/scale.ts'
import { baseRow, decodeTarget, differenceTo, encodeTarget } from '../src/transform/target.ts'

describe('the row that a difference is taken to', () => {
  test('is known, of the same phase, and the latest such row', () => {
    const row = fc.integer({ min: 0, max: 1000 })
    const step = fc.integer({ min: 1, max: 60 })
    const season = fc.integer({ min: 1, max: 30 })
    fc.assert(
      fc.property(row, step, season, (lastInput, steps, lag) => {
        const base = baseRow(lastInput, steps, lag)
        expect(base).toBeLessThanOrEqual(lastInput)
        expect(base).toBeGreaterThan(lastInput - lag)
        expect((lastInput + steps - base) % lag).toBe(0)
      }),
    )
  })

  test('is the last row for every step of a plain difference', () => {
    expect([1, 2, 9].map((step) => baseRow(50, step, 1))).toEqual([50, 50, 50])
  })
})

describe('scalers', () => {
  const values = Float64Array.of(1, 2, 3, 4, 10)
  test('standard: mean and standard deviation of the population', () => {
    const { center, spread } = fitScaler('standard', values)
    expect(center).toBeCloseTo(4, 12)
    expect(spread).toBeCloseTo(Math.sqrt(10), 12)
  })
  test('minmax: minimum and range', () =>
    expect(fitScaler('minmax', values)).toEqual({ log: false, center: 1, spread: 9 }))
  test('robust: median and interquartile range', () =>
    expect(fitScaler('robust', values)).toEqual({ log: false, center: 3, spread: 2 }))
  test('none changes nothing', () =>
    expect(fitScaler('none', values)).toEqual({ log: false, center: 0, spread: 1 }))
  test('a constant is only centred', () =>
    expect(fitScaler('standard', Float64Array.of(0.1, 0.1, 0.1)).spread).toBe(1))
  test('quantiles lie between the values', () => {
    expect(quantile(Float64Array.of(0, 10), 0.25)).toBe(2.5)
    expect(quantile(Float64Array.of(7), 0.5)).toBe(7)
  })
  test('the logarithm keeps the sign and can be undone', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        expect(signedExp(signedLog(value))).toBeCloseTo(value, 6)
        expect(Math.sign(signedLog(value))).toBe(Math.sign(value))
      }),
    )
  })
})

test('a target in logarithms with a difference is a growth rate, and comes back', () => {
  const scaler = { log: true, center: 0, spread: 1 }
  expect(encodeTarget(109, differenceTo(99, true), scaler)).toBeCloseTo(Math.log(110 / 100), 12)
  expect(decodeTarget(Math.log(1.1), differenceTo(99, true), scaler)).toBeCloseTo(109, 9)
})
