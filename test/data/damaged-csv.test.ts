import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { compose, DATASET, type ErrorPlace, RondoError } from '@rondo/core'
import { type Column, csv, readTable } from '@rondo/dataset'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'rondo-damaged-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'data.csv')

const ROWS = 20
const HEADER = ['date', 'y', 'x', 'kind'] as const
const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10)
const good: readonly (readonly string[])[] = Array.from({ length: ROWS }, (_, row) => [
  day(row),
  String(Math.round(1000 * Math.sin(row / 3)) / 100 + row),
  String((row * 7) % 11),
  ['été', 'hiver', 'mi-saison'][row % 3]!,
])
const write = (rows: readonly (readonly string[])[], separator = ',', end = '\n') =>
  [HEADER as readonly string[], ...rows].map((row) => row.join(separator)).join(end) + end
const text = write(good)

/** A damaged file; `same` where it is the good file in another form, to be read to the last bit as that. */
interface Damaged {
  readonly bytes: Uint8Array
  readonly same?: boolean
  /** Where the fault is, where only one place can be meant. */
  readonly refusedAt?: { readonly row: number; readonly column: string }
}

const utf8 = (content: string, same = false): Damaged => ({ bytes: Buffer.from(content), same })
const at = fc.nat({ max: text.length - 1 })
const rowAt = fc.nat({ max: ROWS - 1 })
const columnAt = fc.nat({ max: 3 })
const withField = (row: number, column: number, field: string) =>
  write(good.with(row, good[row]!.with(column, field)))

const cut = fc.oneof(
  at.map((to) => utf8(text.slice(0, to))),
  at.map((from) => utf8(text.slice(from))),
  fc.tuple(at, at).map(([a, b]) => utf8(text.slice(0, Math.min(a, b)) + text.slice(Math.max(a, b)))),
  at.map((to) => ({ bytes: gzipSync(text).subarray(0, to) })),
)
const quoted = fc.oneof(
  fc
    .tuple(rowAt, columnAt)
    .map(([row, column]) => utf8(withField(row, column, `"${good[row]![column]!}"`), true)),
  fc.constant(utf8(write(good.map((row) => row.map((field) => `"${field}"`))), true)),
  fc
    .tuple(at, fc.constantFrom('"', '""', '"""'))
    .map(([i, quote]) => utf8(text.slice(0, i) + quote + text.slice(i))),
  fc
    .tuple(rowAt, fc.constantFrom('"a,b"', '"a""b"', '"a\nb"', '"'))
    .map(([row, field]) => utf8(withField(row, 3, field))),
)
const swapped = fc.oneof(
  fc.tuple(rowAt, rowAt).map(([a, b]) => utf8(write(good.with(a, good[b]!).with(b, good[a]!)), true)),
  fc
    .tuple(rowAt, columnAt, columnAt)
    .map(([row, a, b]) =>
      utf8(write(good.with(row, good[row]!.with(a, good[row]![b]!).with(b, good[row]![a]!)))),
    ),
  fc.tuple(rowAt, rowAt).map(([a, b]) => utf8(write(good.with(a, good[b]!)))),
  rowAt.map((row) => utf8(write(good.toSpliced(row, 1)))),
  fc.tuple(at, at).map(([a, b]) => {
    const characters = [...text]
    return utf8(
      characters
        .with(a, characters[b] ?? '')
        .with(b, characters[a] ?? '')
        .join(''),
    )
  }),
)
const encoded = fc.oneof(
  fc.constantFrom<Damaged>(
    utf8(`\ufeff${text}`, true),
    utf8(write(good, ',', '\r\n'), true),
    utf8(write(good, ';'), true),
    utf8(write(good, '\t', '\r'), true),
    utf8(
      write(
        good.map((row) => row.map((field, i) => (i === 1 ? field.replace('.', ',') : field))),
        ';',
      ),
      true,
    ),
    { bytes: Buffer.from(`\ufeff${text}`, 'utf16le'), same: true },
    { bytes: Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), same: true },
    { bytes: gzipSync(text), same: true },
    { bytes: Buffer.from(text, 'latin1') },
    { bytes: Buffer.from(text, 'utf16le') },
    { bytes: Buffer.from(text, 'utf16le').swap16() },
    { bytes: Buffer.from(`\ufeff${text}`, 'utf16le').subarray(0, -1) },
  ),
  // A letter of Latin-1 within the good file's UTF-8: of a cell that the error can name.
  fc.tuple(rowAt, fc.constantFrom('é', 'ü', 'ÿ')).map(([row, letter]) => {
    const [before, after] = withField(row, 3, 'hi@ver').split('@') as [string, string]
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from(letter, 'latin1'), Buffer.from(after)])
    return { bytes, refusedAt: { row: row + 2, column: 'kind' } }
  }),
  fc.tuple(at, fc.nat({ max: 255 })).map(([i, byte]) => ({ bytes: Buffer.from(text).fill(byte, i, i + 1) })),
)
const emptied = fc.oneof(
  fc
    .constantFrom('', '\n', '\n\n\n', 'date,y,x,kind', 'date,y,x,kind\n', ',,,\n', '""\n', '\ufeff')
    .map((content) => utf8(content)),
  fc
    .tuple(rowAt, columnAt, fc.constantFrom('', ' ', 'NA', 'NaN', 'null', '-'))
    .map(([row, column, field]) => utf8(withField(row, column, field))),
  rowAt.map((row) => utf8(write(good.with(row, [])), true)).map(({ bytes }) => ({ bytes })),
)
const strange = fc
  .tuple(
    rowAt,
    columnAt,
    fc.constantFrom(
      ...[
        '1e39',
        '-1e39',
        '1e999',
        'Infinity',
        '-inf',
        '9'.repeat(400),
        '1e-999',
        '0x1F',
        '1_000',
        '1,5',
        '1.2.3',
      ],
      ...[
        'abc',
        '$5',
        '12:30',
        '2024-02-30',
        '9999-99-99',
        '0000-00-00',
        '=A1',
        '\u0000',
        '\u200b',
        '1e',
        '٣',
        '--1',
      ],
    ),
  )
  .map(([row, column, field]) => utf8(withField(row, column, field)))

const damaged: fc.Arbitrary<Damaged> = fc.oneof(cut, quoted, swapped, encoded, emptied, strange)

async function readAll() {
  const dataset = await compose([csv(path, { target: 'y', seasons: [2], test: 4 })])
    .resolve(DATASET)
    .load()
  const view = dataset.development()
  const { targets } = view.targets(3)
  const middle = targets.length >> 1
  const fold = { train: targets.slice(0, middle), validation: targets.slice(middle) }
  return view.prepare(fold, { window: 3 })
}

const cellsOf = (columns: readonly Column[]) =>
  columns.map((column) =>
    column.kind === 'text'
      ? [column.name, ...Array.from(column.codes, (code) => column.dictionary[code])]
      : [column.name, ...column.values],
  )

/** A record as it stands in the file. */
interface Line {
  /** Where it begins, from 1. */
  readonly row: number
  readonly fields: readonly string[]
}

/** The text of a file, decoded without any of our code; `undefined` where it is none. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
    const [first, second] = plain
    const encoding =
      first === 0xff && second === 0xfe
        ? 'utf-16le'
        : first === 0xfe && second === 0xff
          ? 'utf-16be'
          : 'utf-8'
    const content = new TextDecoder(encoding, { fatal: true }).decode(plain)
    return content.includes('\0') ? undefined : content
  } catch {
    return undefined
  }
}

const separatorOf = (content: string) => {
  const header = content
    .trimStart()
    .split(/[\r\n]/, 1)[0]!
    .replaceAll(/"[^"]*"/g, '')
  return [',', ';', '\t', '|'].reduce((best, mark) =>
    header.split(mark).length > header.split(best).length ? mark : best,
  )
}

/** Cuts a text as RFC 4180 says, character by character; `undefined` where its quotes are wrong. Blank lines don't count. */
function linesOf(content: string): readonly Line[] | undefined {
  const separator = separatorOf(content)
  const lone = !content.includes('\n')
  const lines: Line[] = []
  let fields: string[] = []
  let field = ''
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let row = 1
  let begin = 1
  const endField = () => {
    fields.push(field)
    field = ''
    state = 'start'
  }
  const endLine = () => {
    const isBlank = fields.length === 0 && field === '' && state === 'start'
    endField()
    if (!isBlank) lines.push({ row: begin, fields })
    fields = []
    begin = ++row
  }
  for (const [i, character] of [...content].entries()) {
    const isEnd = character === '\n' || (lone && character === '\r')
    if (state === 'quoted') {
      if (character === '"') state = 'closed'
      else {
        field += character
        if (isEnd) row++
      }
    } else if (isEnd) endLine()
    else if (character === separator) endField()
    else if (character === '\r' && [...content][i + 1] === '\n') continue
    else if (state === 'closed' && character === '"') {
      field += '"'
      state = 'quoted'
    } else if (state === 'closed') return undefined
    else if (state === 'start' && character === '"') state = 'quoted'
    else {
      field += character
      state = 'plain'
    }
  }
  if (state === 'quoted') return undefined
  if (fields.length > 0 || field !== '' || state !== 'start') endLine()
  return lines
}

const MISSING = ['', 'NA', 'NaN', 'null', '-']
const isNumber = (field: string) =>
  field.trim() !== '' &&
  (!Number.isNaN(Number(field.replace(',', '.'))) || /^[+-]?inf(inity)?$/i.test(field.trim()))

/** Milliseconds of a date or a month; NaN where it is none. `Date.parse` would read nearly anything. */
function timeOf(field: string): number {
  const parts = /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?$/.exec(field.trim())
  if (parts === null) return Number.NaN
  const [year, month, date = 1] = parts.slice(1).map((part) => Number(part ?? 1)) as [number, number, number]
  const time = new Date(Date.UTC(year, month - 1, date))
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === date ? time.getTime() : Number.NaN
}

/** What a file holds, of the kinds that its columns were read as. */
function expectedCells(content: string, kinds: readonly Column['kind'][]) {
  const [header, ...lines] = linesOf(content)!
  const needsComma = lines.every(({ fields }) => !fields.some((field) => /^\s*[+-]?\d*\.\d+\s*$/.test(field)))
  const numberOf = (field: string) => Number(needsComma ? field.replace(',', '.') : field)
  return header!.fields.map((name, i) => [
    name.trim() || `column ${i + 1}`,
    ...lines.map(({ fields }) => {
      const field = fields[i]!.trim()
      if (kinds[i] === 'number') return numberOf(field)
      return kinds[i] === 'time' ? timeOf(field) : field
    }),
  ])
}

/** Codes whose fault is in one cell, which file, row and column name. */
const OF_A_CELL = [
  'RONDO_DATA_NOT_A_NUMBER',
  'RONDO_DATA_MISSING_VALUE',
  'RONDO_DATA_INFINITE',
  'RONDO_DATA_TIME',
]

/** Whether the first line holds characters that no text has, as that of a picture does. */
const hasControlsInHeader = (content: string) =>
  /(?![\t\v\f])\p{Cc}/u.test(content.trimStart().split(/[\r\n]/)[0]!)

/** That a file was refused for a fault that it has, at the place where that is. */
function checkError(error: unknown, bytes: Uint8Array): void {
  expect(error).toBeInstanceOf(RondoError)
  const { code, place, message, remedy, value } = error as RondoError & { readonly place: ErrorPlace }
  expect(message.length).toBeGreaterThan(10)
  expect(remedy.length).toBeGreaterThan(10)
  expect([path, 'data.csv']).toContain(place.file)
  const content = textOf(bytes)
  if (code === 'RONDO_DATA_UNREADABLE') {
    expect(content === undefined || linesOf(content) === undefined || hasControlsInHeader(content)).toBe(true)
    const isGzip = bytes[0] === 0x1f
    if (!isGzip) expect(place.row).toBeGreaterThan(0)
    return
  }
  const lines = linesOf(content!)
  const [header, ...records] = lines ?? []
  const line = lines?.find(({ row }) => row === place.row)
  if (code === 'RONDO_DATA_ROW_LENGTH') {
    // Quotes that are wrong further down come later.
    if (lines !== undefined) expect(line!.fields.length).not.toBe(header!.fields.length)
    return
  }
  expect(lines).toBeDefined()
  const column =
    header?.fields.findIndex((name, i) => (name.trim() || `column ${i + 1}`) === place.column) ?? -1
  const fields = records.map((record) => record.fields[column]!)
  if (OF_A_CELL.includes(code)) {
    expect(column).toBeGreaterThanOrEqual(0)
    expect(line).toBeDefined()
    const field = line!.fields[column]!.trim()
    if (code === 'RONDO_DATA_MISSING_VALUE') expect(MISSING).toContain(field)
    else if (code === 'RONDO_DATA_INFINITE') expect(Math.abs(Number(value))).toBeGreaterThan(3.4e38)
    else if (code === 'RONDO_DATA_NOT_A_NUMBER') {
      expect(field).toBe(value)
      expect(isNumber(field) && !field.includes(',')).toBe(false)
    } else {
      // A time that is none, that stands there twice, or before which some are left out.
      const times = fields.map(timeOf)
      const own = timeOf(field)
      const isAlone = times.filter((time) => time === own).length === 1
      const isNext = times.includes(own - 86_400_000)
      expect(isAlone && isNext).toBe(false)
    }
    return
  }
  switch (code) {
    case 'RONDO_DATA_EMPTY':
      expect(records).toEqual([])
      break
    case 'RONDO_DATA_COLUMN_MISSING':
      expect(header!.fields.map((name) => name.trim())).not.toContain('y')
      break
    case 'RONDO_DATA_COLUMN_DUPLICATE':
      expect(header!.fields.filter((name) => name.trim() === place.column).length).toBeGreaterThan(1)
      break
    case 'RONDO_DATA_TOO_FEW_ROWS':
      expect(records.length).toBeLessThan(4 + 3 + 8)
      break
    case 'RONDO_DATA_CONSTANT':
    case 'RONDO_DATA_ONE_CLASS':
      // Of a column, in the rows before the test rows or in the train rows: of a short file that may be one row.
      expect(fields.some((field) => field.trim() === value || Number(field) === value)).toBe(true)
      break
    default:
      expect.fail(`${code}: ${message}`)
  }
}

describe('ten thousand damaged variants of a CSV file', () => {
  test('are read rightly, or refused by file, row and column', { timeout: 300_000 }, async () => {
    writeFileSync(path, text)
    const expected = await readAll()
    const outcomes = { same: 0, read: 0, refused: 0 }
    const codes = new Set<string>()
    await fc.assert(
      fc.asyncProperty(damaged, async ({ bytes, same, refusedAt }) => {
        writeFileSync(path, bytes)
        let prepared: Awaited<ReturnType<typeof readAll>>
        try {
          prepared = await readAll()
        } catch (error) {
          expect(same).not.toBe(true)
          checkError(error, bytes)
          if (refusedAt) expect((error as RondoError).place).toMatchObject(refusedAt)
          codes.add((error as RondoError).code)
          outcomes.refused++
          return
        }
        expect(refusedAt).toBeUndefined()
        for (const values of [prepared.series, prepared.targets])
          expect(values.every(Number.isFinite)).toBe(true)
        if (same) {
          expect(prepared.series).toEqual(expected.series)
          expect(prepared.targets).toEqual(expected.targets)
          outcomes.same++
          return
        }
        const { columns } = await readTable(path)
        const kinds = columns.map(({ kind }) => kind)
        expect(cellsOf(columns)).toEqual(expectedCells(textOf(bytes)!, kinds))
        outcomes.read++
      }),
      { numRuns: 10_000, seed: 20240607 },
    )
    // Each way out was taken often, and for many reasons.
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(500)
    expect(codes.size).toBeGreaterThan(8)
  })
})
