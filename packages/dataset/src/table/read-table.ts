import { createHash, type Hash } from 'node:crypto'
import { type ErrorPlace, RondoError } from '@rondo/core'
import { type DecimalMark, detectDecimal } from '../text/numbers.ts'
import { recordParser } from '../text/parse-records.ts'
import { recordScanner } from '../text/records.ts'
import { detectSeparator, type Separator } from '../text/separator.ts'
import { readText } from '../text/source.ts'
import { type ColumnBuilder, columnBuilder } from './column-builder.ts'
import { namesOf, requireSameNames, tableName } from './names.ts'
import { parquetTable } from './parquet-table.ts'
import { isParquet } from './read-parquet.ts'
import type { Table } from './table.ts'

/** How files are read; what is absent is detected. */
export interface ReadOptions {
  readonly separator?: Separator | undefined
  readonly decimal?: DecimalMark | undefined
}

/** Records that decide on the kinds of the columns. */
const SAMPLE = 1000

/**
 * Reads CSV files (plain or gzip; `-` is standard input) of the same header into one table, in the order given. Files
 * whose names end in `.parquet` or `.pq` are read as Parquet.
 * @throws RONDO_DATA_NOT_FOUND, RONDO_DATA_UNREADABLE, RONDO_DATA_EMPTY, RONDO_DATA_ROW_LENGTH,
 * RONDO_DATA_COLUMN_DUPLICATE, RONDO_DATA_COLUMN_MISSING where the headers differ.
 */
export async function readTable(
  paths: string | readonly string[],
  options: ReadOptions = {},
): Promise<Table> {
  const files = typeof paths === 'string' ? [paths] : paths
  if (files.some(isParquet)) {
    const other = files.find((file) => !isParquet(file))
    if (other !== undefined) throw mixed(other)
    return parquetTable(files, options.decimal)
  }
  const hash = createHash('sha256')
  const builder = tableBuilder(options)
  for (const file of files) await readFile(file, hash, options, builder)
  return builder.build(files.map(labelOf), hash.digest('hex'))
}

function mixed(file: string): RondoError {
  return new RondoError('RONDO_DATA_UNREADABLE', {
    message: `${file} is no Parquet file, and others are.`,
    value: file,
    place: { file },
    remedy: 'Give files of one kind.',
  })
}

interface TableBuilder {
  header(file: string, names: readonly string[]): void
  record(fields: readonly string[]): void
  /** The lines of the file's records that have been added, the header left out. */
  fileDone(file: string, lines: readonly number[]): void
  build(files: readonly string[], hash: string): Table
}

/** How a file is called in messages. */
const labelOf = (path: string): string => (path === '-' ? 'standard input' : path)

async function readFile(
  path: string,
  hash: Hash,
  options: ReadOptions,
  builder: TableBuilder,
): Promise<void> {
  const file = labelOf(path)
  let head = ''
  let scanner: ReturnType<typeof recordScanner> | undefined
  let parse: ReturnType<typeof recordParser> | undefined
  let separator: Separator = ','

  const take = (records: string, fields: number): void => {
    if (records === '') return
    if (parse === undefined) {
      parse = recordParser(separator, fields)
      let isHeader = true
      parse(records, (fields) => {
        if (isHeader) builder.header(file, fields)
        else builder.record(fields)
        isHeader = false
      })
    } else parse(records, builder.record)
  }

  for await (const text of readText(path, hash)) {
    if (scanner === undefined) {
      head += text
      if (!/[\r\n]/.test(head.trimStart())) continue
      separator = options.separator ?? detectSeparator(head.trimStart())
      scanner = recordScanner(file, separator)
      take(scanner.push(head), scanner.fields)
    } else take(scanner.push(text), scanner.fields)
  }
  if (scanner === undefined) {
    separator = options.separator ?? detectSeparator(head)
    scanner = recordScanner(file, separator)
    take(scanner.push(head), scanner.fields)
  }
  take(scanner.end(), scanner.fields)
  if (scanner.lines.length <= 1) {
    throw new RondoError('RONDO_DATA_EMPTY', {
      message: `${file} ${scanner.lines.length === 0 ? 'is empty' : 'has a header and no rows'}.`,
      place: { file },
    })
  }
  builder.fileDone(file, scanner.lines)
}

function tableBuilder(options: ReadOptions): TableBuilder {
  let names: readonly string[] | undefined
  let sample: (readonly string[])[] | undefined = []
  let columns: ColumnBuilder[] = []
  let rows = 0
  const parts: { readonly file: string; readonly firstRow: number; readonly lines: Int32Array }[] = []

  const settle = (): void => {
    if (sample === undefined) return
    const records = sample
    const decimal = options.decimal ?? detectDecimal(records)
    columns = (names ?? []).map((name, i) =>
      columnBuilder(
        name,
        records.map((fields) => fields[i]!),
        decimal,
      ),
    )
    sample = undefined
    for (const fields of records) add(fields)
  }
  const add = (fields: readonly string[]): void => {
    for (let i = 0; i < columns.length; i++) columns[i]!.add(fields[i]!)
  }

  return {
    header(file, fields) {
      const found = namesOf(file, fields)
      names ??= found
      requireSameNames(file, found, names)
    },
    record(fields) {
      rows++
      if (sample === undefined) add(fields)
      else if (sample.push(fields) === SAMPLE) settle()
    },
    fileDone(file, lines) {
      parts.push({ file, firstRow: rows - (lines.length - 1), lines: Int32Array.from(lines).subarray(1) })
    },
    build(files, hash) {
      settle()
      const place = (row: number): ErrorPlace => {
        const part = parts.findLast(({ firstRow }) => firstRow <= row)
        return part === undefined ? {} : { file: part.file, row: part.lines[row - part.firstRow] ?? 0 }
      }
      // A separator at the end of each line makes a column without a name and without a value.
      const built = columns.map((column) => column.build())
      const used = built.filter((column) => !(isUnnamed(column.name) && isAllMissing(column)))
      return { name: tableName(files), rows, columns: used, hash, place }
    },
  }
}

const isUnnamed = (name: string): boolean => /^column \d+$/.test(name)
const isAllMissing = (column: ReturnType<ColumnBuilder['build']>): boolean =>
  column.kind === 'text' ? column.codes.every((code) => code < 0) : column.values.every(Number.isNaN)
