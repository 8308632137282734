import { deriveRng } from '@rondo/core'
import { expect, test } from 'vitest'
import { daily, file, load, table } from './files.ts'

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

test('only the shortest season counts, whose difference the space offers', async () => {
  // A walk through the week, the same in each: the hour before is near, that of yesterday far, that of a week ago nearest.
  const rng = deriveRng({ seed: 1, purpose: 'draw' })
  let sum = 0
  const week = Array.from({ length: 168 }, () => (sum += rng.normal()))
  const rows = Array.from({ length: 1000 }, (_, t) => [
    new Date(Date.UTC(2020, 0, 1, t)).toISOString().slice(0, 16),
    week[t % 168]! + 0.1 * rng.normal(),
  ])
  const { description } = await load(file(table('time,value', rows)), { target: 'value' })
  expect(description.seasons).toEqual([24, 168])
  expect(description.bestLag).toBe(1)
})

test('what is forecast further ahead is compared with what is known by then', async () => {
  const path = file(daily(400, { value: (day) => Math.sin((2 * Math.PI * day) / 40) }))
  const shareOf = async (horizon: number) =>
    (await load(path, { target: 'value', horizon })).description.naiveShare!
  expect(await shareOf(1)).toBeLessThan(0.25)
  expect(await shareOf(20)).toBeGreaterThan(1)
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
