import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTable } from '../src/index.ts'
import { errorOf, file, load, WEATHER } from './files.ts'

/** Written by pyarrow: the first 400 days of the weather in three row groups, with snappy; 120 with other codecs. */
const parquet = (name: string) => join(import.meta.dirname, 'parquet', `${name}.parquet`)
const weather = (rows: number) =>
  file(
    readFileSync(WEATHER, 'utf8')
      .split('\n')
      .slice(0, rows + 1)
      .join('\n'),
  )

describe('a Parquet file', () => {
  test('gives the same columns as a CSV file of the same rows', async () => {
    const [one, other] = [await readTable(parquet('weather')), await readTable(weather(400))]
    expect(one.rows).toBe(400)
    expect(one.columns).toEqual(other.columns)
  })

  test('gives the same samples', async () => {
    const prepare = async (path: string) => {
      const view = (await load(path, { target: 'temp_max' })).development()
      const { targets } = view.targets(7)
      const fold = { train: targets.slice(0, 200), validation: targets.slice(200) }
      const { series, preprocess } = view.prepare(fold, { window: 7 })
      return { series, preprocess }
    }
    expect(await prepare(parquet('weather'))).toEqual(await prepare(weather(400)))
  })

  test.each(['zstd', 'gzip', 'brotli'])('may be compressed with %s', async (codec) => {
    const { columns } = await readTable(parquet(`weather-${codec}`))
    expect(columns).toEqual((await readTable(weather(120))).columns)
  })

  test('may hold other kinds of values', async () => {
    const { columns, place } = await readTable(parquet('kinds'))
    const column = (name: string) => columns.find((candidate) => candidate.name === name)!
    // Ids of more digits than a float can hold stay apart.
    expect(column('id')).toMatchObject({ kind: 'text', dictionary: expect.objectContaining({ length: 6 }) })
    expect(column('x')).toMatchObject({ kind: 'number' })
    expect(
      'values' in column('x') && [...(column('x') as { values: Float64Array }).values].slice(6, 9),
    ).toEqual([9, Number.NaN, 12])
    expect(column('ok')).toMatchObject({ kind: 'text', dictionary: ['true', 'false'] })
    expect(column('day')).toMatchObject({ kind: 'time' })
    expect((column('at') as { values: Float64Array }).values[1]).toBe(Date.UTC(2024, 0, 1, 1))
    expect((column('price') as { values: Float64Array }).values[5]).toBe(5)
    expect(column('tags')).toMatchObject({ kind: 'text' })
    expect(place(7)).toEqual({ file: parquet('kinds'), row: 8 })
  })

  test('names the row of a missing value, counted from 1', async () => {
    const path = parquet('kinds')
    expect(await errorOf(load(path, { target: 'price', features: ['x'], time: 'at' }))).toMatchObject({
      code: 'RONDO_DATA_MISSING_VALUE',
      place: { file: path, row: 8, column: 'x' },
    })
  })

  test('of several, one follows the other', async () => {
    const table = await readTable([parquet('weather-zstd'), parquet('weather-gzip')])
    expect([table.rows, table.name]).toEqual([240, 'weather-zstd.parquet and 1 more'])
    expect(table.place(120)).toEqual({ file: parquet('weather-gzip'), row: 1 })
  })
})

describe('a Parquet file is refused', () => {
  test('where its compression is not supported, or it is none', async () => {
    const lz4 = parquet('weather-lz4')
    expect(await errorOf(readTable(lz4))).toMatchObject({
      code: 'RONDO_DATA_UNREADABLE',
      place: { file: lz4 },
    })
    const text = file('a,b\n1,2\n', 'data.parquet')
    expect(await errorOf(readTable(text))).toMatchObject({ code: 'RONDO_DATA_UNREADABLE' })
    expect(await errorOf(readTable(file('', 'data.parquet')))).toMatchObject({ code: 'RONDO_DATA_EMPTY' })
    expect(await errorOf(readTable('/nowhere/data.parquet'))).toMatchObject({ code: 'RONDO_DATA_NOT_FOUND' })
  })

  test('where it is cut off or damaged anywhere', async () => {
    const good = readFileSync(parquet('weather-zstd'))
    for (let at = 0; at < good.length; at += 97) {
      const error = await errorOf(readTable(file(good.subarray(0, at), 'data.parquet')))
      expect(error.code).toMatch(/^RONDO_DATA_(UNREADABLE|EMPTY)$/)
    }
  })

  test('beside a CSV file, or one of other columns', async () => {
    const both = [parquet('weather'), weather(10)]
    expect(await errorOf(readTable(both))).toMatchObject({ code: 'RONDO_DATA_UNREADABLE', value: both[1] })
    expect(await errorOf(readTable([parquet('weather'), parquet('kinds')]))).toMatchObject({
      code: 'RONDO_DATA_COLUMN_MISSING',
    })
  })
})
