import type { Hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
// Whole: by its name zstd would stop the import in an older Node, before it can be told what it lacks.
import zlib from 'node:zlib'
import { RondoError } from '@rondo/core'
import { type Compressors, parquetMetadataAsync, parquetRead } from 'hyparquet'
import { readError } from '../text/source.ts'

/** One Parquet file: its columns by name, each value as the file has it; `null` or `undefined` where there is none. */
export interface ParquetFile {
  readonly names: readonly string[]
  readonly rows: number
  readonly columns: readonly (readonly unknown[])[]
}

/** Snappy is the reader's own. */
const compressors: Compressors = {
  GZIP: (bytes) => zlib.gunzipSync(bytes),
  BROTLI: (bytes) => zlib.brotliDecompressSync(bytes),
  ZSTD: (bytes) => zlib.zstdDecompressSync(bytes),
}

export const isParquet = (path: string): boolean => /\.(parquet|pq)$/i.test(path)

/**
 * Reads a whole Parquet file; its bytes go through `hash`.
 * @throws RONDO_DATA_NOT_FOUND, RONDO_DATA_UNREADABLE, RONDO_DATA_EMPTY
 */
export async function readParquet(path: string, hash: Hash): Promise<ParquetFile> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    throw readError(path, error)
  }
  hash.update(bytes)
  if (bytes.length === 0) throw empty(path, 'is empty')
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
  let file: ParquetFile
  try {
    file = await columnsOf(buffer)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new RondoError('RONDO_DATA_UNREADABLE', {
      message: `${path} is no Parquet file that can be read: ${why}.`,
      value: path,
      place: { file: path },
      remedy: 'Write the file anew, compressed with snappy, gzip, zstd, brotli or not at all.',
      cause: error,
    })
  }
  if (file.rows === 0 || file.names.length === 0) throw empty(path, 'has no rows')
  return file
}

async function columnsOf(buffer: ArrayBuffer): Promise<ParquetFile> {
  const metadata = await parquetMetadataAsync(buffer)
  const rows = Number(metadata.num_rows)
  const names: string[] = []
  const columns: unknown[][] = []
  const indexes = new Map<string, number>()
  // The schema lists the root, then each column followed by its parts.
  for (let at = 1; at < metadata.schema.length; at += sizeOf(metadata.schema, at)) {
    const { name } = metadata.schema[at]!
    if (!indexes.has(name)) indexes.set(name, names.length)
    names.push(name)
    columns.push(new Array<unknown>(rows))
  }
  let filled = 0
  await parquetRead({
    file: buffer,
    metadata,
    compressors,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const column = columns[indexes.get(columnName) ?? -1]
      if (column === undefined) throw new Error(`the column ${columnName} is not in the schema`)
      for (let i = 0; i < columnData.length; i++) column[rowStart + i] = columnData[i]
      filled += columnData.length
    },
  })
  if (filled !== rows * new Set(names).size) throw new Error('some of its values are missing')
  return { names, rows, columns }
}

/** How many entries of the schema an entry spans, its parts included. */
function sizeOf(schema: readonly { readonly num_children?: number }[], at: number): number {
  let size = 1
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child++) size += sizeOf(schema, at + size)
  return size
}

function empty(path: string, what: string): RondoError {
  return new RondoError('RONDO_DATA_EMPTY', {
    message: `${path} ${what}.`,
    place: { file: path },
    remedy: 'Give a file with rows.',
  })
}
