import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { permute } from '../src/permutation.ts'

const all = (length: number, key: number): readonly bigint[] =>
  Array.from({ length }, (_, i) => permute(BigInt(i), BigInt(length), key))

describe('a permutation', () => {
  test('gives each index once, for every length and key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (length, key) => {
        const sorted = all(length, key).toSorted((a, b) => (a < b ? -1 : 1))
        expect(sorted).toEqual(Array.from({ length }, (_, i) => BigInt(i)))
      }),
    )
  })

  test('stays in ranges too long to be listed, and gives no index twice there', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 12n, max: 10n ** 40n }), fc.nat(), (length, key) => {
        const images = Array.from({ length: 20 }, (_, i) => permute((length / 20n) * BigInt(i), length, key))
        expect(images.every((image) => image >= 0n && image < length)).toBe(true)
        expect(new Set(images).size).toBe(20)
      }),
    )
  })

  test('is another one for another key', () => {
    expect(all(50, 1)).toEqual(all(50, 1))
    expect(all(50, 1)).not.toEqual(all(50, 2))
  })

  test('spreads neighbours over the whole range', () => {
    const length = 10n ** 12n
    const counts = new Array<number>(10).fill(0)
    for (let i = 0n; i < 2000n; i++) counts[Number((permute(i, length, 7) * 10n) / length)]!++
    // 200 ± 13.4 in each tenth; six standard deviations.
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(81)
  })
})
