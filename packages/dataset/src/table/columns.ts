import { didYouMean, type ErrorPlace, RondoError } from '@rondo/core'
import { parseTime } from '../text/times.ts'
import { nameInWords, namesInWords } from './names.ts'
import type { Column, NumberColumn, Table, TimeColumn } from './table.ts'

const LARGEST = 3.4028234663852886e38

/** @throws RONDO_DATA_COLUMN_MISSING with the nearest name. */
export function columnOf(table: Table, name: string, field: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column !== undefined) return column
  const names = table.columns.map((candidate) => candidate.name)
  const looksHeaderless =
    names.length > 0 && names.every((text) => text !== '' && !Number.isNaN(Number(text)))
  throw new RondoError('RONDO_DATA_COLUMN_MISSING', {
    message: `${table.name} has no column “${nameInWords(name)}”.${didYouMean(name, names)}`,
    value: name,
    place: { ...fileOf(table), column: name, field },
    remedy: looksHeaderless
      ? 'The first line seems to hold values: put a line with the names of the columns before it.'
      : `Use one of ${namesInWords(names)}.`,
  })
}

/** The values of a column that must be numbers. @throws RONDO_DATA_NOT_A_NUMBER, RONDO_DATA_INFINITE */
export function numbersOf(table: Table, column: Column): NumberColumn {
  if (column.kind === 'time') {
    throw new RondoError('RONDO_DATA_NOT_A_NUMBER', {
      message: `${column.name} is a column of times, and numbers are needed.`,
      value: column.name,
      place: { ...fileOf(table), column: column.name },
      remedy: 'Leave the column out, or have the time as inputs with `calendar`.',
    })
  }
  if (column.kind !== 'number') {
    const row = column.codes.findIndex((code) => code >= 0)
    throw notANumber(table, column.name, Math.max(0, row), column.dictionary[column.codes[row] ?? 0] ?? '')
  }
  if (column.unreadable !== undefined) {
    throw notANumber(table, column.name, column.unreadable.row, column.unreadable.text)
  }
  const row = column.values.findIndex((value) => Math.abs(value) > LARGEST)
  if (row >= 0) {
    const value = column.values[row]!
    const place = { ...table.place(row), column: column.name }
    throw new RondoError('RONDO_DATA_INFINITE', {
      message: `${where(place)}: ${value} is infinite or too large for a 32-bit float.`,
      value: String(value),
      place,
    })
  }
  return column
}

/** The column of times: dates (also written 20240531), or numbers that count steps. @throws RONDO_DATA_TIME */
export function timesOf(table: Table, column: Column): TimeColumn | NumberColumn {
  const wrong =
    column.kind === 'text'
      ? { row: 0, text: column.dictionary[column.codes[0] ?? 0] ?? '' }
      : column.unreadable
  const missing = column.kind === 'text' ? -1 : column.values.findIndex(Number.isNaN)
  if (column.kind !== 'text' && wrong === undefined && missing < 0) return asDates(column)
  const row = wrong?.row ?? missing
  const place = { ...table.place(row), column: column.name }
  throw new RondoError('RONDO_DATA_TIME', {
    message: `${where(place)}: ${wrong === undefined ? 'there is no time.' : `“${wrong.text}” is no time that can be read.`}`,
    value: wrong?.text ?? null,
    place,
    remedy: 'Write times as 2024-05-31 or 2024-05-31T14:00:00Z.',
  })
}

/** Numbers that all are days such as 20240531 as times; any other column as it is. */
function asDates(column: TimeColumn | NumberColumn): TimeColumn | NumberColumn {
  if (column.kind === 'time' || column.values.some((value) => value < 18000101 || value > 22001231))
    return column
  const values = column.values.map((value) =>
    parseTime(`${Math.floor(value / 10_000)}-${Math.floor(value / 100) % 100}-${value % 100}`),
  )
  return values.some(Number.isNaN) ? column : { kind: 'time', name: column.name, values }
}

/** `file:row, column` for the beginning of a message. */
export function where(place: ErrorPlace): string {
  const row = place.row === undefined ? '' : `:${place.row}`
  return `${place.file ?? 'the data'}${row}${place.column === undefined ? '' : `, column ${place.column}`}`
}

/** The first file, where no row is meant. */
export function fileOf(table: Table): ErrorPlace {
  const { file } = table.place(0)
  return file === undefined ? {} : { file }
}

function notANumber(table: Table, column: string, row: number, text: string): RondoError {
  const place = { ...table.place(row), column }
  return new RondoError('RONDO_DATA_NOT_A_NUMBER', {
    message: `${where(place)}: “${text}” is not a number.`,
    value: text,
    place,
  })
}
