import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasTrend } from '../src/baselines/trend.ts'
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

test('turned over or stretched, values have a trend or have none as before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(Number.NaN)), { maxLength: 60 }),
      fc.integer({ min: 0, max: 3 }),
      (values, slope) => {
        const frame = (factor: number) => {
          const targets = Float64Array.from(values, (value, i) => factor * (value + slope * i))
          const origins = new Int32Array(values.length)
          return {
            rows: values.length,
            origins,
            targets: new Map([['y', targets]]),
          } as unknown as Parameters<typeof hasTrend>[0]
        }
        expect(hasTrend(frame(-3), 'y')).toBe(hasTrend(frame(1), 'y'))
      },
    ),
  )
})
