import { basename } from 'node:path'
import { RondoError } from '@rondo/core'

/** The trimmed names of columns; one without a name is called by its number. @throws RONDO_DATA_COLUMN_DUPLICATE */
export function namesOf(file: string, fields: readonly string[]): readonly string[] {
  const names = fields.map((field, i) => field.trim() || `column ${i + 1}`)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) {
    throw new RondoError('RONDO_DATA_COLUMN_DUPLICATE', {
      message: `${file} has two columns of the name “${twice}”.`,
      value: twice,
      place: { file, row: 1, column: twice },
    })
  }
  return names
}

/** @throws RONDO_DATA_COLUMN_MISSING where a further file has other columns than the first. */
export function requireSameNames(file: string, found: readonly string[], names: readonly string[]): void {
  if (found.length === names.length && found.every((name, i) => name === names[i])) return
  const missing = names.find((name) => !found.includes(name)) ?? found.find((name) => !names.includes(name))
  throw new RondoError('RONDO_DATA_COLUMN_MISSING', {
    message: `${file} has other columns, or another order of them, than the first file.`,
    value: missing ?? null,
    place: { file, row: 1, ...(missing === undefined ? {} : { column: missing }) },
    remedy: 'Give all files the same header.',
  })
}

/** What a table of some files is called. */
export function tableName([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? basename(first) : `${basename(first)} and ${more.length} more`
}
