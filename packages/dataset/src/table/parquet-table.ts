import { createHash } from 'node:crypto'
import { type ErrorPlace, RondoError } from '@rondo/core'
import type { DecimalMark } from '../text/numbers.ts'
import { namesOf, requireSameNames, tableName } from './names.ts'
import { parquetColumn } from './parquet-columns.ts'
import { type ParquetFile, readParquet } from './read-parquet.ts'
import type { Table } from './table.ts'

/**
 * Reads Parquet files of the same columns into one table, in the order given. In messages rows count from 1.
 * @throws as `readParquet`, and RONDO_DATA_COLUMN_DUPLICATE, RONDO_DATA_COLUMN_MISSING where the columns differ.
 */
export async function parquetTable(files: readonly string[], decimal: DecimalMark = '.'): Promise<Table> {
  const hash = createHash('sha256')
  const parts: { readonly path: string; readonly firstRow: number; readonly file: ParquetFile }[] = []
  let names: readonly string[] | undefined
  let rows = 0
  for (const path of files) {
    const file = await readParquet(path, hash)
    const found = namesOf(path, file.names)
    names ??= found
    requireSameNames(path, found, names)
    parts.push({ path, firstRow: rows, file })
    rows += file.rows
  }
  const [first] = parts
  if (first === undefined || names === undefined)
    throw new RondoError('RONDO_DATA_EMPTY', { message: 'There is no file to read.' })
  const place = (row: number): ErrorPlace => {
    const part = parts.findLast(({ firstRow }) => firstRow <= row) ?? first
    return { file: part.path, row: row - part.firstRow + 1 }
  }
  const columns = names.map((name, i) =>
    parquetColumn(
      name,
      parts.flatMap(({ file }) => file.columns[i]!),
      decimal,
    ),
  )
  return { name: tableName(files), rows, columns, hash: hash.digest('hex'), place }
}
