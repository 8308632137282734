import { expect, test } from 'vitest'
import { peakGflops } from '../src/index.ts'
import { hostOf } from './support/case.ts'

test('the peak is that of the fastest run, by the clock given', async () => {
  const host = await hostOf('simd')
  // Runs of 10, 4 and 7 milliseconds, each with 200 products of 2·24·64·64 operations.
  const times = [0, 10, 10, 14, 20, 27]
  const clock = () => times.shift() as number
  expect(peakGflops(host, clock, 3)).toBeCloseTo((200 * 2 * 24 * 64 * 64) / 4e-3 / 1e9, 6)
  expect(times).toEqual([])
})

test('measuring stays within its memory and gives it back', async () => {
  const host = await hostOf('checked')
  const probe = () => {
    const at = host.allocate(16)
    host.free(at)
    return at
  }
  const before = probe()
  let ticks = 0
  expect(() => peakGflops(host, () => ticks++, 2)).not.toThrow()
  expect(probe()).toBe(before)
})
