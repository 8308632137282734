import { maximize, minimize } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { warpTargets } from '../src/warping.ts'

const loss = minimize('loss')
const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 })

describe('warped targets', () => {
  it('keep the order of the measured values, turned to the larger the better', () => {
    fc.assert(
      fc.property(values, (v) => {
        const warped = warpTargets(v, loss)
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
        expect(warpTargets(v, loss)).toEqual(warpTargets(negated, maximize('score')))
      }),
    )
  })

  it('do not depend on the unit of the metric', () => {
    const v = [3, 1, 4, 1.5, 9, 2.6]
    const inOtherUnits = warpTargets(
      v.map((x) => 1000 * x),
      loss,
    )
    for (const [i, y] of warpTargets(v, loss).entries()) expect(inOtherUnits[i]).toBeCloseTo(y, 9)
  })

  it('have mean 0 and standard deviation 1', () => {
    const warped = warpTargets([3, 1, 4, 1, 5, 9, 2, 6], loss)
    expect(warped.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 9)
    expect(warped.reduce((a, b) => a + b * b, 0) / 8).toBeCloseTo(1, 9)
  })

  it('do not let one enormous loss flatten the differences among the good ones', () => {
    const ordinary = warpTargets([1, 2, 3, 4, 5], loss)
    const withOutlier = warpTargets([1, 2, 3, 4, 1e9], loss)
    expect(withOutlier[0]! - withOutlier[1]!).toBeGreaterThan(0.5 * (ordinary[0]! - ordinary[1]!))
  })

  it('put failures below the worst value', () => {
    const warped = warpTargets([1, Number.NaN, 3, 2], loss)
    expect(warped[1]).toBeLessThan(Math.min(warped[0]!, warped[2]!, warped[3]!))
  })

  it('are all 0 where nothing differs', () => {
    expect([...warpTargets([2, 2, 2], loss)]).toEqual([0, 0, 0])
  })
})
