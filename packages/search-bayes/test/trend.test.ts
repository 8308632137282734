import { deriveRng } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trendOf } from '../src/trend.ts'

const priorMean = ({ x }: { readonly [name: string]: unknown }, fidelity: number): number =>
  Number(x) + fidelity

const settingsOf = (xs: readonly number[]) => xs.map((x) => ({ params: { x }, fidelity: 1 }))
const standardised = (values: readonly number[]): Float64Array => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)
  return Float64Array.from(values, (v) => (sd === 0 ? 0 : (v - mean) / sd))
}

describe('the trend', () => {
  it('is the prior mean, about its own mean, where targets agree with it', () => {
    const xs = [-1.5, -0.5, 0.5, 1.5]
    const { trend, values } = trendOf(priorMean, settingsOf(xs), Float64Array.from(xs))
    for (const [i, x] of xs.entries()) expect(values[i]).toBeCloseTo(x, 12)
    expect(trend({ x: 3 })).toBeCloseTo(3, 12)
  })

  it('is given up the more, the more targets disagree with it, and is nothing where they say the opposite', () => {
    const slopeAfter = (rows: number, sign: number): number => {
      const xs = Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? -1 : 1))
      return trendOf(
        priorMean,
        settingsOf(xs),
        Float64Array.from(xs, (x) => sign * x),
      ).trend({ x: 1 })
    }
    expect(slopeAfter(2, 0)).toBeGreaterThan(0.8)
    expect(slopeAfter(20, 0)).toBeCloseTo(0.5, 12)
    expect(slopeAfter(200, 0)).toBeLessThan(0.1)
    expect(slopeAfter(200, -1)).toBe(0)
  })

  it('takes the average away, whatever the targets', () => {
    const number = fc.double({ min: -5, max: 5, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 40 }), (rows) => {
        const y = standardised(rows.map(([, target]) => target))
        const { values } = trendOf(priorMean, settingsOf(rows.map(([x]) => x)), y)
        expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 6)
      }),
    )
  })

  it('expects of a part of the budget what the prior mean says of that part', () => {
    const params = { x: 0 }
    const settings = [
      { params, fidelity: 0 },
      { params, fidelity: 1 },
    ]
    const { trend, values } = trendOf(priorMean, settings, Float64Array.of(-0.5, 0.5))
    expect([...values]).toEqual([-0.5, 0.5])
    expect(trend(params)).toBe(0.5)
  })

  it('does not believe in params because more epochs are better', () => {
    const rng = deriveRng({ seed: 1, purpose: 'rows' })
    const settings = Array.from({ length: 200 }, () => {
      const params = { x: rng.normal() }
      return [0, 0.5, 1].map((fidelity) => ({ params, fidelity }))
    }).flat()
    const y = standardised(settings.map(({ fidelity }) => 2 * fidelity + 0.2 * rng.normal()))
    const { trend } = trendOf(priorMean, settings, y)
    expect(trend({ x: 1 }) - trend({ x: 0 })).toBeLessThan(0.2)
  })
})
