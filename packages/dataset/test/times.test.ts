import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, detectTimeStep, isGap, nextTime, usualSeasons } from '../src/series/time-step.ts'
import { formatTime, parseTime } from '../src/text/times.ts'

test('usual ways to write a time are read', () => {
  const noon = Date.UTC(2024, 1, 29, 12)
  for (const text of [
    '2024-02-29T12:00:00Z',
    '2024-02-29 12:00',
    '2024-02-29T14:00:00+02:00',
    '2024-02-29T07:00:00-0500',
    '2024/02/29 12:00:00.000',
    '29.02.2024 12:00',
  ]) {
    expect([text, parseTime(text)]).toEqual([text, noon])
  }
  expect(parseTime('2024-05')).toBe(Date.UTC(2024, 4, 1))
  expect(parseTime('2024-Q2')).toBe(Date.UTC(2024, 3, 1))
})

test('days that do not exist, and ambiguous ones, are no times', () => {
  for (const text of [
    '2023-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '1900-02-29',
    '01/02/2024',
    '25:00',
    '',
  ]) {
    expect([text, parseTime(text)]).toEqual([text, Number.NaN])
  }
})

test('every date and time reads back as it is shown', () => {
  const time = fc.integer({ min: Date.UTC(1800, 0), max: Date.UTC(2200, 0) })
  fc.assert(fc.property(time, (ms) => parseTime(formatTime(ms)) === ms))
})

const from = (start: string, step: Parameters<typeof nextTime>[1], count: number) => {
  const times = Float64Array.of(Date.parse(start))
  const all = [...times]
  while (all.length < count) all.push(nextTime(all.at(-1)!, step))
  return Float64Array.from(all)
}

test('a step is recognised from times that follow it, with its seasons', () => {
  const cases = [
    [{ unit: 'ms', every: DAY }, [7, 364]],
    [{ unit: 'ms', every: DAY / 24 }, [24, 168]],
    [{ unit: 'ms', every: DAY / 96 }, [96, 672]],
    [{ unit: 'ms', every: 7 * DAY }, [52]],
    [{ unit: 'month', every: 1 }, [12]],
    [{ unit: 'month', every: 3 }, [4]],
    [{ unit: 'month', every: 12 }, []],
    [{ unit: 'businessDay', every: 1 }, [5, 260]],
  ] as const
  for (const [step, seasons] of cases) {
    const times = from('2021-01-29', step, 60)
    expect(detectTimeStep([times])).toEqual(step)
    expect(usualSeasons(step)).toEqual(seasons)
    for (let i = 1; i < times.length; i++) expect(isGap(times[i - 1]!, times[i]!, step)).toBe(false)
    expect(isGap(times[0]!, times[step.unit === 'businessDay' ? 7 : 2]!, step)).toBe(true)
  }
})

test('the last day of a month is followed by the last day of the next', () => {
  const ends = [...from('2024-01-31', { unit: 'month', every: 1 }, 4)].map(formatTime)
  expect(ends).toEqual(['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'])
})
