import { type DecimalMark, isMissing, parseNumber } from '../text/numbers.ts'
import { parseTime } from '../text/times.ts'
import { growingFloats, growingInts } from './growing.ts'
import type { Column } from './table.ts'

/** Gathers one column, field by field. */
export interface ColumnBuilder {
  add(text: string): void
  build(): Column
}

/** A builder of the kind that most of a sample's fields have: number, else time, else text. */
export function columnBuilder(name: string, sample: readonly string[], decimal: DecimalMark): ColumnBuilder {
  const present = sample.filter((text) => !isMissing(text))
  const share = (matches: (text: string) => boolean) => present.filter(matches).length / present.length
  // A column without any value counts as numbers, all missing.
  if (present.length === 0 || share((text) => parseNumber(text, decimal) !== undefined) > 0.5) {
    return measured(name, 'number', (text) => parseNumber(text, decimal))
  }
  if (share((text) => !Number.isNaN(parseTime(text))) > 0.5) {
    return measured(name, 'time', (text) => {
      const time = parseTime(text)
      return Number.isNaN(time) && !isMissing(text) ? undefined : time
    })
  }
  return texts(name)
}

function measured(
  name: string,
  kind: 'number' | 'time',
  parse: (text: string) => number | undefined,
): ColumnBuilder {
  const values = growingFloats()
  let row = 0
  let unreadable: { row: number; text: string } | undefined
  return {
    add(text) {
      const value = parse(text)
      if (value === undefined) unreadable ??= { row, text: text.trim() }
      values.push(value ?? Number.NaN)
      row++
    },
    build: () => ({ kind, name, values: values.take(), ...(unreadable ? { unreadable } : {}) }),
  }
}

function texts(name: string): ColumnBuilder {
  const codes = growingInts()
  const known = new Map<string, number>()
  return {
    add(text) {
      if (isMissing(text)) {
        codes.push(-1)
        return
      }
      const trimmed = text.trim()
      let code = known.get(trimmed)
      if (code === undefined) {
        code = known.size
        known.set(trimmed, code)
      }
      codes.push(code)
    },
    build: () => ({ kind: 'text', name, codes: codes.take(), dictionary: [...known.keys()] }),
  }
}
