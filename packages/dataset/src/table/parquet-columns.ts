import type { DecimalMark } from '../text/numbers.ts'
import { columnBuilder } from './column-builder.ts'
import { growingFloats } from './growing.ts'
import type { Column } from './table.ts'

/** Values that decide on the kind of a column of texts. */
const SAMPLE = 1000

/**
 * A column of Parquet values. Numbers and times are taken as they are; texts as they would be in a CSV file, so that
 * dates among them are times; truth values as the texts `false` and `true`; lists and structures as JSON texts.
 */
export function parquetColumn(name: string, values: readonly unknown[], decimal: DecimalMark): Column {
  const first = values.find((value) => value !== null && value !== undefined)
  if (first === undefined || typeof first === 'number') return numbers(name, 'number', values)
  if (first instanceof Date) return numbers(name, 'time', values)
  // Beyond 2^53 a float would make one of several ids.
  if (typeof first === 'bigint' && values.every(isExact)) return numbers(name, 'number', values)
  const texts = values.map(textOf)
  const sample = typeof first === 'string' ? texts.slice(0, SAMPLE) : ['text']
  const builder = columnBuilder(name, sample, decimal)
  for (const text of texts) builder.add(text)
  return builder.build()
}

function numbers(name: string, kind: 'number' | 'time', values: readonly unknown[]): Column {
  const read = growingFloats()
  let unreadable: { readonly row: number; readonly text: string } | undefined
  values.forEach((value, row) => {
    if (typeof value === 'number') read.push(value)
    else if (typeof value === 'bigint' || value instanceof Date) read.push(Number(value))
    else {
      read.push(Number.NaN)
      if (value !== null && value !== undefined) unreadable ??= { row, text: textOf(value) }
    }
  })
  return { kind, name, values: read.take(), ...(unreadable && { unreadable }) }
}

const isExact = (value: unknown): boolean =>
  typeof value !== 'bigint' || (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER)

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || typeof value === 'boolean' || typeof value === 'number')
    return String(value)
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? ''
}
