import { deriveRng } from '@rondo/core'
import { expect, test } from 'vitest'
import { daily, file, load } from './files.ts'

const lagOf = async (value: (day: number) => number) => {
  const { bestLag, naiveShare } = (await load(file(daily(400, { value })), { target: 'value' })).description
  return { bestLag, naiveShare }
}

test('a season forecasts best only where it is clearly better than the value before', async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const rng = deriveRng({ seed, purpose: 'draw' })
    const noise = Array.from({ length: 400 }, () => rng.normal())
    // Of noise, a season is the better one as often as not.
    expect(await lagOf((day) => noise[day]!)).toMatchObject({ bestLag: 1 })
    expect(await lagOf((day) => noise[day]! + 5 * (day % 7))).toMatchObject({ bestLag: 7 })
  }
})

test('the share of the spread that the naive forecast leaves is near 0 where little changes, and 1 or more of noise', async () => {
  const rng = deriveRng({ seed: 1, purpose: 'draw' })
  const noise = Array.from({ length: 400 }, () => rng.normal())
  let sum = 0
  const walk = noise.map((step) => (sum += step))
  expect((await lagOf((day) => walk[day]!)).naiveShare).toBeLessThan(0.3)
  // The difference of two is √2 as far as one is from the mean.
  expect((await lagOf((day) => noise[day]!)).naiveShare).toBeCloseTo(Math.SQRT2, 0)
})
