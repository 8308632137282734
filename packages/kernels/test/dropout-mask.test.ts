import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dropoutMask, philox } from '../src/index.ts'
import { dropThreshold, keepScale, MASK_USES } from '../src/random/dropout-mask.ts'
import { hostOf } from './support/case.ts'

test('Philox gives the published words', () => {
  // Known answers of the authors' Random123 distribution for philox4x32 with 10 rounds.
  expect(philox([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
  const ones = 0xffffffff
  expect(philox([ones, ones, ones, ones], [ones, ones])).toEqual([
    0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
  ])
  expect(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
    0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
  ])
})

test('a mask in WebAssembly is the mask in TypeScript', async () => {
  const host = await hostOf('checked')
  const word = fc.nat(0xffffffff)
  const shape = fc.record({
    seed: word,
    fold: fc.nat(20),
    step: word,
    layer: fc.nat(9),
    use: fc.constantFrom('inputs' as const, 'recurrent' as const),
    length: fc.integer({ min: 1, max: 70 }),
    rate: fc.double({ min: 0, max: 0.99, noNaN: true }),
  })
  fc.assert(
    fc.property(shape, ({ seed, fold, step, layer, use, length, rate }) => {
      const at = host.allocate(length * 4)
      host.mark?.(at, length * 4, true)
      const scale = keepScale(rate)
      host.kernels.dropoutMask(
        seed,
        fold,
        step,
        layer,
        MASK_USES[use],
        length,
        dropThreshold(rate),
        scale,
        at,
      )
      const stored = new Float32Array(host.memory.buffer, at, length).slice()
      host.mark?.(at, length * 4, false)
      host.free(at)
      expect(stored).toEqual(dropoutMask({ seed, fold, step, layer, use }, length, rate))
    }),
    { numRuns: 100, seed: 3 },
  )
})

test('a share of `rate` is dropped and the mean kept', () => {
  // 40,000 draws: the standard deviation of the share is .0023, so five of them fail once in two million.
  const mask = dropoutMask({ seed: 1, fold: 0, step: 0, layer: 0, use: 'inputs' }, 40_000, 0.3)
  const dropped = mask.filter((value) => value === 0).length / mask.length
  expect(Math.abs(dropped - 0.3)).toBeLessThan(0.0115)
  expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.7)]))
})

test('a mask is another at every address', () => {
  const address = { seed: 7, fold: 0, step: 3, layer: 1, use: 'inputs' } as const
  const changes = [{}, { seed: 8 }, { fold: 1 }, { step: 4 }, { layer: 2 }, { use: 'recurrent' as const }]
  const masks = changes.map((change) => dropoutMask({ ...address, ...change }, 64, 0.5).join())
  expect(new Set(masks).size).toBe(masks.length)
})
