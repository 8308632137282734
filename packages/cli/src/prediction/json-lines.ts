import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Json, RondoError } from '@rondo/core'
import type { Column, Table } from '@rondo/dataset'

type Row = { readonly [name: string]: Json }

/**
 * Reads JSON lines, one object a row, as a table. A column is of numbers where all its values are numbers or null, of
 * times where `time` names it, and of texts otherwise.
 *
 * @param file `-` is standard input.
 * @param time The column of times, where the model was trained with one.
 * @throws RONDO_DATA_NOT_FOUND, RONDO_DATA_EMPTY, RONDO_DATA_UNREADABLE and RONDO_DATA_TIME naming the line.
 */
export async function readJsonLines(file: string, time: string | undefined): Promise<Table> {
  const name = file === '-' ? 'standard input' : file
  if (file !== '-' && !existsSync(file)) {
    throw new RondoError('RONDO_DATA_NOT_FOUND', {
      message: `There is no file ${file}.`,
      value: file,
      place: { file },
    })
  }
  const rows: Row[] = []
  const lines: number[] = []
  let line = 0
  const input = file === '-' ? process.stdin : createReadStream(file)
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    if (text.trim() === '') continue
    rows.push(rowOf(text, name, line))
    lines.push(line)
  }
  if (rows.length === 0) {
    throw new RondoError('RONDO_DATA_EMPTY', { message: `${name} has no rows.`, place: { file: name } })
  }
  const place = (row: number) => ({ file: name, row: lines[Math.min(row, lines.length - 1)]! })
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = names.map((column) => columnOf(column, rows, column === time, place))
  // The hash tells data sets apart; rows to predict are none.
  return { name, rows: rows.length, columns, hash: '', place }
}

function rowOf(text: string, file: string, row: number): Row {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new RondoError('RONDO_DATA_UNREADABLE', {
      message: `Line ${row} of ${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
      place: { file, row },
      remedy: 'Write one JSON object on each line.',
      cause: error,
    })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row
  throw new RondoError('RONDO_DATA_UNREADABLE', {
    message: `Line ${row} of ${file} is JSON, but no object.`,
    place: { file, row },
    remedy: 'Write one JSON object on each line, such as {"date": "2015-01-01", "births": 8012}.',
  })
}

function columnOf(
  name: string,
  rows: readonly Row[],
  isTime: boolean,
  place: (row: number) => { readonly file: string; readonly row: number },
): Column {
  const values = rows.map((row) => row[name] ?? null)
  if (isTime && values.every((value) => typeof value !== 'number')) {
    return {
      kind: 'time',
      name,
      values: Float64Array.from(values, (value, i) => timeOf(value, name, place(i))),
    }
  }
  if (values.every((value) => value === null || typeof value === 'number')) {
    return {
      kind: 'number',
      name,
      values: Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN)),
    }
  }
  const codes = new Map<string, number>()
  const codeOf = (value: Json): number => {
    if (value === null) return -1
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const known = codes.get(text) ?? codes.size
    codes.set(text, known)
    return known
  }
  const coded = Int32Array.from(values, codeOf)
  return { kind: 'text', name, codes: coded, dictionary: [...codes.keys()] }
}

const ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i

/** A time without a zone is taken as UTC, as it is in tables. */
function timeOf(value: Json, column: string, place: { readonly file: string; readonly row: number }): number {
  const text = String(value)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = Date.parse(isDay || ZONE.test(text) ? text : `${text.replace(' ', 'T')}Z`)
  if (!Number.isNaN(time)) return time
  throw new RondoError('RONDO_DATA_TIME', {
    message: `“${text}” in line ${place.row} of ${place.file} is no time.`,
    value: text,
    place: { ...place, column },
    remedy: 'Write times as 2015-01-31 or 2015-01-31T12:00:00Z.',
  })
}
