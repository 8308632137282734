import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
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
  ),
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

/** Codes of faults in one cell, and in one row. */
const OF_A_CELL = [
  'RONDO_DATA_NOT_A_NUMBER',
  'RONDO_DATA_MISSING_VALUE',
  'RONDO_DATA_INFINITE',
  'RONDO_DATA_TIME',
]
const OF_A_ROW = ['RONDO_DATA_ROW_LENGTH', ...OF_A_CELL]

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

/** What a file of plain fields holds, read without any of our code; `undefined` where it has quotes or other line ends. */
function plainCells(content: string, kinds: readonly Column['kind'][]) {
  if (/["\r;\t|\ufeff]/.test(content)) return undefined
  const [header = '', ...lines] = content.split('\n').filter((line) => line !== '')
  const rows = lines.map((line) => line.split(','))
  return header.split(',').map((name, i) => [
    name.trim() || `column ${i + 1}`,
    ...rows.map((row) => {
      const field = row[i]!.trim()
      if (kinds[i] === 'number') return Number(field)
      return kinds[i] === 'time' ? Date.parse(`${field.replaceAll('/', '-')}`) : field
    }),
  ])
}

function checkError(error: unknown, content: string): void {
  expect(error).toBeInstanceOf(RondoError)
  const { code, place, message, remedy } = error as RondoError & { readonly place: ErrorPlace }
  expect(code).toMatch(/^RONDO_(DATA_|TASK_MISMATCH)/)
  expect(message.length).toBeGreaterThan(10)
  expect(remedy.length).toBeGreaterThan(10)
  expect([path, 'data.csv']).toContain(place.file)
  if (OF_A_ROW.includes(code)) expect(place.row).toBeGreaterThan(1)
  if (OF_A_CELL.includes(code)) {
    if (!/^column \d+$/.test(place.column!)) expect(content).toContain(place.column)
    const { value } = error as RondoError
    // The row named is the one that holds the fault: what is wrong can be seen there.
    const line = content.split(/\r\n|\n|\r/)[place.row! - 1]
    if (code !== 'RONDO_DATA_TIME' && typeof value === 'string' && value !== '' && !content.includes('"')) {
      if (code === 'RONDO_DATA_NOT_A_NUMBER') expect(line).toContain(value)
      else expect(Math.abs(Number(value))).toBeGreaterThan(3.4e38)
    }
  }
}

describe('ten thousand damaged variants of a CSV file', () => {
  test('are read rightly, or refused by file, row and column', { timeout: 120_000 }, async () => {
    writeFileSync(path, text)
    const expected = await readAll()
    const outcomes = { same: 0, read: 0, refused: 0 }
    const codes = new Set<string>()
    await fc.assert(
      fc.asyncProperty(damaged, async ({ bytes, same }) => {
        writeFileSync(path, bytes)
        let prepared: Awaited<ReturnType<typeof readAll>>
        try {
          prepared = await readAll()
        } catch (error) {
          expect(same).not.toBe(true)
          checkError(error, Buffer.from(bytes).toString())
          codes.add((error as RondoError).code)
          outcomes.refused++
          return
        }
        for (const values of [prepared.series, prepared.targets])
          expect(values.every(Number.isFinite)).toBe(true)
        if (same) {
          expect(prepared.series).toEqual(expected.series)
          expect(prepared.targets).toEqual(expected.targets)
          outcomes.same++
          return
        }
        const { columns } = await readTable(path)
        const content = Buffer.from(bytes).toString()
        const cells = plainCells(
          content,
          columns.map(({ kind }) => kind),
        )
        if (bytes[0] !== 0x1f && cells !== undefined) expect(cellsOf(columns)).toEqual(cells)
        outcomes.read++
      }),
      { numRuns: 10_000, seed: 20240607 },
    )
    // Each way out was taken often, and for many reasons.
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(500)
    expect(codes.size).toBeGreaterThan(8)
  })
})
