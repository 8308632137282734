import { describe, expect, test } from 'vitest'
import type { CsvOptions } from '../src/index.ts'
import { daily, dayOf, errorOf, file, load, table } from './files.ts'

const days = 100
const good = daily(days, {
  x: (day) => day % 5,
  y: (day) => day + (day % 3),
  kind: (day) => ['a', 'b'][day % 2]!,
})
const lines = good.trimEnd().split('\n')

/** The good file with one line changed; line 1 is the header. */
const withLine = (line: number, text: string) => lines.with(line - 1, text).join('\n')

const refused = async (content: string, options: Partial<CsvOptions> = {}) => {
  const path = file(content)
  return { path, error: await errorOf(load(path, { target: 'y', ...options })) }
}

test('the file itself is in order', async () => {
  expect((await load(file(good), { target: 'y' })).description.rows).toBe(days)
})

test('a target that is not there, with the nearest name', async () => {
  const { path, error } = await refused(good, { target: 'birhts' })
  expect(error).toMatchObject({ code: 'RONDO_DATA_COLUMN_MISSING', value: 'birhts', place: { file: path } })
  const near = await refused(good.replace('kind', 'births'), { target: 'birhts' })
  expect(near.error.message).toContain('Did you mean “births”?')
})

test('a file without a header says so', async () => {
  const { error } = await refused('1,2\n3,4\n5,6\n')
  expect(error).toMatchObject({ code: 'RONDO_DATA_COLUMN_MISSING', remedy: expect.stringContaining('names') })
})

test.each([
  ['text in a number column', 'RONDO_DATA_NOT_A_NUMBER', 'abc'],
  ['an infinite number', 'RONDO_DATA_INFINITE', 'Infinity'],
  ['a number too large for the model', 'RONDO_DATA_INFINITE', '1e39'],
  ['a number beyond all floats', 'RONDO_DATA_INFINITE', '1e999'],
  ['an empty field', 'RONDO_DATA_MISSING_VALUE', ''],
  ['NaN', 'RONDO_DATA_MISSING_VALUE', 'NaN'],
])('%s, by file, row and column', async (_, code, text) => {
  for (const [column, row] of [
    ['x', `2020-02-19,${text},4,a`],
    ['y', `2020-02-19,4,${text},a`],
  ] as const) {
    const { path, error } = await refused(withLine(51, row))
    expect(error).toMatchObject({ code, place: { file: path, row: 51, column } })
    expect(error.message).toContain(':51, column ')
  }
})

test('a target of times, with the others to choose from', async () => {
  for (const options of [{}, { time: 'date' }, { task: 'classify' as const }]) {
    const { error } = await refused(good, { target: 'date', ...options })
    expect(error).toMatchObject({ code: 'RONDO_TASK_MISMATCH', place: { column: 'date' } })
    expect(error.message).toBe('date is a column of times, and times are not predicted.')
    expect(error.remedy).toContain('x, y, kind')
  }
})

test('too few rows, saying where the number of test rows comes from and one that would do', async () => {
  const few = lines.slice(0, 16).join('\n')
  const { error } = await refused(few)
  expect(error).toMatchObject({ code: 'RONDO_DATA_TOO_FEW_ROWS', value: 15 })
  expect(error.message).toContain('two seasons of 7 rows and a horizon of 1 row')
  const test = Number(/such as (\d+)/.exec(error.remedy)![1])
  expect((await load(file(few), { target: 'y', test })).description.testRows).toBe(test)
  expect((await refused(few, { test: 20 })).error.message).toContain('15 rows, and 20 are to be test rows')
})

test('measurements, and names of single rows, are no classes; a few grades with decimals are', async () => {
  const column = (value: (day: number) => number | string) => daily(days, { y: value, x: (day) => day % 5 })
  const classify = { task: 'classify', missing: 'ffill' } as const
  const measured = await refused(
    column((day) => (day % 30) + 0.5),
    classify,
  )
  expect(measured.error).toMatchObject({ code: 'RONDO_TASK_MISMATCH', value: 30, place: { column: 'y' } })
  expect(measured.error.message).toContain('30 different values with decimals')
  const named = await refused(
    column((day) => `n${day % 80}`),
    classify,
  )
  expect(named.error.message).toContain('80 different values in 100 rows')
  const grades = await load(file(column((day) => 1 + (day % 9) / 2)), { target: 'y', ...classify })
  expect(grades.description.classes).toHaveLength(9)
  const codes = await load(file(column((day) => day % 40)), { target: 'y', ...classify })
  expect(codes.description.classes).toHaveLength(40)
})

test('a fault in a column that is not used is none', async () => {
  const path = file(withLine(51, '2020-02-19,abc,4,a'))
  expect((await load(path, { target: 'y', features: ['y', 'kind'] })).description.features).toHaveLength(3)
})

test('a category that is missing', async () => {
  const { error } = await refused(withLine(51, '2020-02-19,1,4,'))
  expect(error).toMatchObject({ code: 'RONDO_DATA_MISSING_VALUE', place: { row: 51, column: 'kind' } })
})

test('a constant column', async () => {
  const { error } = await refused(daily(days, { x: () => 3, y: (day) => day }))
  expect(error).toMatchObject({ code: 'RONDO_DATA_CONSTANT', value: 3, place: { column: 'x' } })
})

test('a column that varies in the test rows alone is constant for all that matters', async () => {
  const { error } = await refused(daily(days, { x: (day) => (day > 95 ? 1 : 0), y: (day) => day }))
  expect(error).toMatchObject({ code: 'RONDO_DATA_CONSTANT', place: { column: 'x' } })
})

test('a target of one class, and one that has the second class in the test rows alone', async () => {
  const one = await refused(daily(days, { x: (day) => day, y: () => 'yes' }))
  expect(one.error).toMatchObject({ code: 'RONDO_DATA_ONE_CLASS', value: 'yes' })
  const late = await refused(daily(days, { x: (day) => day, y: (day) => (day > 95 ? 'yes' : 'no') }))
  expect(late.error).toMatchObject({ code: 'RONDO_DATA_ONE_CLASS', place: { column: 'y' } })
})

test('texts as the target of a forecast', async () => {
  const { error } = await refused(good, { target: 'kind', task: 'forecast' })
  expect(error).toMatchObject({ code: 'RONDO_TASK_MISMATCH' })
})

test('a table that is too short for its test rows', async () => {
  const { error } = await refused(daily(10, { y: (day) => day }))
  expect(error).toMatchObject({ code: 'RONDO_DATA_TOO_FEW_ROWS', value: 10 })
})

describe('times', () => {
  test('that cannot be read', async () => {
    const { path, error } = await refused(withLine(51, 'yesterday,1,4,a'))
    expect(error).toMatchObject({
      code: 'RONDO_DATA_TIME',
      value: 'yesterday',
      place: { file: path, row: 51, column: 'date' },
    })
  })

  test('that stand twice, naming both rows', async () => {
    const { error } = await refused(withLine(51, `${dayOf(48)},1,4,a`))
    expect(error).toMatchObject({ code: 'RONDO_DATA_TIME', value: dayOf(48), place: { row: 51 } })
    expect(error.message).toContain('row 50')
  })

  test('that are left out, naming the first gap and counting the others', async () => {
    const { error } = await refused(lines.toSpliced(70, 1).toSpliced(50, 2).join('\n'))
    expect(error).toMatchObject({ code: 'RONDO_DATA_TIME', value: dayOf(51), place: { row: 51 } })
    expect(error.message).toContain(`between ${dayOf(48)} and ${dayOf(51)} (and 1 more such gap`)
  })

  test('that are counted by numbers have gaps, too', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [i < 30 ? i : i + 1, i % 7])
    const { error } = await refused(table('week,y', rows), { time: 'week' })
    expect(error).toMatchObject({ code: 'RONDO_DATA_TIME', value: '31', place: { row: 32, column: 'week' } })
  })

  test('written as 20200131 are dates', async () => {
    const path = file(good.replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3'))
    const { description } = await load(path, { target: 'y', time: 'date', calendar: ['month'] })
    expect(description.seasons).toEqual([7])
    expect(description.features).toContain('month=12')
  })

  test('with gaps are taken as consecutive where the user says so', async () => {
    const path = file(lines.toSpliced(50, 2).join('\n'))
    expect((await load(path, { target: 'y', gaps: 'keep' })).description.rows).toBe(98)
  })

  test('out of order are sorted, and that is said', async () => {
    const [header, ...rows] = lines
    const dataset = await load(file([header, ...rows.toReversed()].join('\n')), { target: 'y' })
    expect(dataset.reasons).toContain('rows: put in the order of date')
    const sorted = await load(file(good), { target: 'y' })
    const series = [dataset, sorted].map((each) => {
      const view = each.development()
      const { targets } = view.targets(7)
      return view.prepare({ train: targets.slice(0, 40), validation: targets.slice(40) }, { window: 7 })
        .series
    })
    expect(series[0]).toEqual(series[1])
  })

  test('are needed for the calendar', async () => {
    const { error } = await refused(
      table(
        'x,y',
        Array.from({ length: 50 }, (_, i) => [i, i % 7]),
      ),
      { calendar: true },
    )
    expect(error).toMatchObject({ code: 'RONDO_OPTION_INVALID', place: { field: 'data.calendar' } })
  })
})

test('options that do not exist or make no sense are refused at composition', async () => {
  for (const options of [
    { horizon: -1 },
    { missing: 'guess' },
    { test: 1.5 },
    { targetTransform: 'twice' },
  ]) {
    expect(await errorOf(load(file(good), { target: 'y', ...options } as CsvOptions))).toMatchObject({
      code: 'RONDO_OPTION_INVALID',
    })
  }
  expect(await errorOf(load(file(good), { target: 'y', horizn: 2 } as CsvOptions))).toMatchObject({
    code: 'RONDO_OPTION_UNKNOWN',
  })
})
