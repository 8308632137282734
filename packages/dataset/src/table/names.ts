import { basename } from 'node:path'
import { RondoError } from '@rondo/core'

const LONGEST_NAME = 40
const MOST_NAMES = 20

/** The trimmed names of columns; one without a name is called by its number. @throws RONDO_DATA_COLUMN_DUPLICATE */
export function namesOf(file: string, fields: readonly string[]): readonly string[] {
  const names = fields.map((field, i) => field.trim() || `column ${i + 1}`)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) {
    throw new RondoError('RONDO_DATA_COLUMN_DUPLICATE', {
      message: `${file} has two columns of the name “${nameInWords(twice)}”.`,
      value: twice,
      place: { file, row: 1, column: nameInWords(twice) },
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

/** A name as it can be printed: what would move a cursor is written as its number, and it is cut where it is long. */
export function nameInWords(name: string): string {
  const plain = name.replace(/\p{C}/gu, (code) => `\\u{${code.codePointAt(0)!.toString(16)}}`)
  const characters = [...plain]
  return characters.length <= LONGEST_NAME ? plain : `${characters.slice(0, LONGEST_NAME).join('')}…`
}

/** Some names, for a remedy. */
export const namesInWords = (names: readonly string[]): string =>
  `${names.slice(0, MOST_NAMES).map(nameInWords).join(', ')}${names.length > MOST_NAMES ? ', …' : ''}`

/** What a table of some files is called. */
export function tableName([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? basename(first) : `${basename(first)} and ${more.length} more`
}
