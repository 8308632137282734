import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillDropoutMask } from '../src/random/dropout-mask.ts'
import { philox } from '../src/random/philox.ts'

const hex = (words: readonly number[]): string =>
  words.map((word) => word.toString(16).padStart(8, '0')).join(' ')

test('philox gives the known answers published with the generator', () => {
  expect(hex(philox([0, 0, 0, 0], [0, 0]))).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8')
  const ones = 0xffffffff
  expect(hex(philox([ones, ones, ones, ones], [ones, ones]))).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd')
  expect(hex(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]))).toBe(
    'd16cfe09 94fdcceb 5001e420 24126ea1',
  )
})

describe('a dropout mask', () => {
  const address = { seed: 7, fold: 0, update: 3, layer: 1, use: 'inputs' } as const

  test('drops its share and keeps the expectation', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.nat(), (rate, seed) => {
        const n = 20_000
        const mask = fillDropoutMask(new Float32Array(n), rate, { ...address, seed })
        const dropped = mask.filter((value) => value === 0).length / n
        // Six standard deviations: fails once in 10⁸ draws.
        expect(Math.abs(dropped - rate)).toBeLessThan(6 * Math.sqrt((rate * (1 - rate)) / n))
        expect(mask.find((value) => value > 0)).toBeCloseTo(1 / (1 - rate), 5)
      }),
      { numRuns: 20 },
    )
  })

  test('is another at every address', () => {
    const at = (change: object): string =>
      fillDropoutMask(new Float32Array(64), 0.5, { ...address, ...change }).join()
    const masks = [{}, { seed: 8 }, { fold: 1 }, { update: 4 }, { layer: 2 }, { use: 'recurrent' }].map(at)
    expect(new Set(masks).size).toBe(masks.length)
    expect(at({})).toBe(masks[0])
  })
})
