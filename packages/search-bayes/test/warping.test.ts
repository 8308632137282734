import { maximize, minimize } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { warpTargets } from '../src/warping.ts'

const loss = minimize('loss')
const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 })

describe.each(['one', 'several'] as const)('warped targets of %s', (budgets) => {
  it('keep the order of the measured values, turned to the larger the better', () => {
    fc.assert(
      fc.property(values, (v) => {
        const warped = warpTargets(v, loss, budgets)
        for (const [i, a] of v.entries()) {
          for (const [j, b] of v.entries()) if (a < b) expect(warped[i]).toBeGreaterThan(warped[j]!)
        }
      }),
      { examples: [[[0, 0, 1, 2, 3, 4, 0]]] },
    )
  })

  it('are the same for a metric to be maximised and its negative to be minimised', () => {
    fc.assert(
      fc.property(values, (v) => {
        const negated = v.map((x) => -x)
        expect(warpTargets(v, loss, budgets)).toEqual(warpTargets(negated, maximize('score'), budgets))
      }),
    )
  })

  it('do not depend on the unit of the metric', () => {
    const v = [3, 1, 4, 1.5, 9, 2.6]
    const inOtherUnits = warpTargets(
      v.map((x) => 1000 * x),
      loss,
      budgets,
    )
    for (const [i, y] of warpTargets(v, loss, budgets).entries()) expect(inOtherUnits[i]).toBeCloseTo(y, 9)
  })

  it('have mean 0 and standard deviation 1', () => {
    const warped = warpTargets([3, 1, 4, 1, 5, 9, 2, 6], loss, budgets)
    expect(warped.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 9)
    expect(warped.reduce((a, b) => a + b * b, 0) / 8).toBeCloseTo(1, 9)
  })

  it('do not let one enormous loss flatten the differences among the good ones', () => {
    const ordinary = warpTargets([1, 2, 3, 4, 5], loss, budgets)
    const withOutlier = warpTargets([1, 2, 3, 4, 1e9], loss, budgets)
    expect(withOutlier[0]! - withOutlier[1]!).toBeGreaterThan(0.5 * (ordinary[0]! - ordinary[1]!))
  })

  it('put failures below the worst value', () => {
    const warped = warpTargets([1, Number.NaN, 3, 2], loss, budgets)
    expect(warped[1]).toBeLessThan(Math.min(warped[0]!, warped[2]!, warped[3]!))
  })

  it('are all 0 where nothing differs', () => {
    expect([...warpTargets([2, 2, 2], loss, budgets)]).toEqual([0, 0, 0])
  })
})

describe('warped targets of several budgets', () => {
  it('are halfway between those of one budget and the normal quantiles of the ranks', () => {
    const warped = warpTargets([4, 1, 3, 2], loss, 'several')
    const one = warpTargets([4, 1, 3, 2], loss)
    // Φ⁻¹(1/8) = −1.1503, Φ⁻¹(3/8) = −0.3186; their standard deviation is 0.8440.
    const ranks = [-1.1503, 1.1503, -0.3186, 0.3186].map((q) => q / 0.844)
    const between = ranks.map((q, i) => (q + one[i]!) / 2)
    const sd = Math.sqrt(between.reduce((sum, v) => sum + v * v, 0) / 4)
    for (const [i, v] of between.entries()) expect(warped[i]).toBeCloseTo(v / sd, 3)
  })
})
