import { join } from 'node:path'
import { deriveRng } from '@rondo/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasTrend } from '../src/baselines/trend.ts'
import type { Frame } from '../src/series/frame.ts'
import { BIRTHS, daily, file, load, table, WEATHER } from './files.ts'

const CO2 = join(import.meta.dirname, '../../../examples/co2/mauna-loa.csv')
const trendOf = async (path: string, options: Parameters<typeof load>[1]) =>
  (await load(path, options)).description.trend

test('carbon dioxide rises; births and temperatures come back to where they were', async () => {
  const co2 = await load(CO2, { target: 'co2', missing: 'ffill' })
  expect(co2.description.trend).toBe(true)
  expect(co2.reasons).toContain('trend: the latest values of co2 lie beyond those before')
  // Absent, so that a study of such data is the one that it was.
  expect((await load(BIRTHS, { target: 'births' })).description).not.toHaveProperty('trend')
  expect((await load(WEATHER, { target: 'temp_max' })).description).not.toHaveProperty('trend')
})

test('a fall counts like a rise, a few outliers do not, and the test rows are not looked at', async () => {
  const noise = (day: number) => (day * 7919) % 13
  const falls = daily(200, { value: (day) => noise(day) - day })
  const peaks = daily(200, { value: (day) => (day % 9 === 0 ? noise(day) * day : noise(day)) })
  const later = daily(200, { value: (day) => noise(day) + (day >= 170 ? 1000 : 0) })
  expect(await trendOf(file(falls), { target: 'value' })).toBe(true)
  expect(await trendOf(file(peaks), { target: 'value' })).toBeUndefined()
  expect(await trendOf(file(later), { target: 'value', test: 30 })).toBeUndefined()
})

test('each of many series is compared with its own past', async () => {
  const rows = ['a', 'b'].flatMap((id, k) =>
    Array.from({ length: 100 }, (_, t) => [id, t, 1000 * k + t + (t % 5)] as const),
  )
  expect(await trendOf(file(table('id,step,value', rows)), { target: 'value', id: 'id', time: 'step' })).toBe(
    true,
  )
})

test('noise has no trend, in however few rows and many series, nor has what is recorded late', async () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 5, max: 60 }),
      (seed, series, rows) => {
        const rng = deriveRng({ seed, purpose: 'draw' })
        const noise = Float64Array.from({ length: series * rows }, () => rng.normal())
        // Of a single short series a trend may be seen by chance, of many it may not.
        fc.pre(series >= 20 || rows >= 60 || rows < 20)
        expect(hasTrend(frameOf(noise, rows), 'y')).toBe(false)
      },
    ),
  )
  const late = Float64Array.from({ length: 300 }, (_, i) => (i < 220 ? Number.NaN : (i * 7919) % 13))
  expect(hasTrend(frameOf(late, 300), 'y')).toBe(false)
})

test('turned over, stretched and moved, values have a trend or have none as before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(Number.NaN)), {
        minLength: 1,
        maxLength: 90,
      }),
      fc.integer({ min: 0, max: 3 }),
      (values, slope) => {
        const rising = values.map((value, i) => value + slope * i)
        const hasOne = (change: (value: number) => number) =>
          hasTrend(frameOf(Float64Array.from(rising, change), rising.length), 'y')
        expect(hasOne((y) => -y)).toBe(hasOne((y) => y))
        expect(hasOne((y) => 3 * y + 1000)).toBe(hasOne((y) => y))
      },
    ),
  )
})

/** Series of so many rows each, one after the other. */
function frameOf(y: Float64Array, rows: number): Frame {
  const origins = Int32Array.from(y, (_, i) => i - (i % rows))
  const groups = Int32Array.from(y, (_, i) => Math.floor(i / rows))
  return {
    rows: y.length,
    numbers: new Map(),
    categories: new Map(),
    targets: new Map([['y', y]]),
    references: new Map(),
    recorded: origins,
    sources: Int32Array.from(y, (_, i) => i),
    origins,
    groups,
  }
}
