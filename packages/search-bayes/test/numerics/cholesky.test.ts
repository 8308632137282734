import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  choleskyInPlace,
  halfLogDeterminant,
  inverseFromLower,
  invertLower,
} from '../../src/numerics/cholesky.ts'

describe('Cholesky factors', () => {
  it('are those of the textbook example', () => {
    const a = Float64Array.of(4, 0, 0, 12, 37, 0, -16, -43, 98)
    expect(choleskyInPlace(a, 3)).toBe(true)
    expect([a[0], a[3], a[4], a[6], a[7], a[8]]).toEqual([2, 6, 1, -8, 5, 3])
    expect(halfLogDeterminant(a, 3)).toBeCloseTo(Math.log(6), 14)
  })

  it('are refused for a matrix that is not positive definite, or holds NaN', () => {
    expect(choleskyInPlace(Float64Array.of(1, 0, 2, 1), 2)).toBe(false)
    expect(choleskyInPlace(Float64Array.of(Number.NaN), 1)).toBe(false)
  })

  it('lead to the inverse of any positive definite matrix', () => {
    const entries = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 })
    fc.assert(
      fc.property(entries, (b) => {
        const n = 6
        // B·Bᵀ + 1 is positive definite.
        const product = (i: number, j: number): number => {
          let sum = i === j ? 1 : 0
          for (let k = 0; k < n; k++) sum += b[i * n + k]! * b[j * n + k]!
          return sum
        }
        const a = Float64Array.from({ length: n * n }, (_, p) => product(Math.floor(p / n), p % n))
        const factor = a.slice()
        expect(choleskyInPlace(factor, n)).toBe(true)
        const inverse = inverseFromLower(invertLower(factor, n), n)
        const at = (i: number, j: number): number => inverse[Math.max(i, j) * n + Math.min(i, j)]!
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let sum = 0
            for (let k = 0; k < n; k++) sum += a[i * n + k]! * at(k, j)
            expect(sum).toBeCloseTo(i === j ? 1 : 0, 9)
          }
        }
      }),
    )
  })
})
