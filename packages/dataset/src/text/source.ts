import type { Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { asRondoError, RondoError } from '@rondo/core'
import { nameInWords } from '../table/names.ts'
import { findBadByte } from './bad-byte.ts'
import { detectSeparator } from './separator.ts'

const CHUNK_BYTES = 1 << 20

/**
 * The text of a file, piece by piece: gzip is unpacked, UTF-8 and UTF-16 (by its byte order mark) are decoded, a byte
 * order mark is dropped. The unpacked bytes go through `hash`. `-` is standard input.
 * @throws RONDO_DATA_NOT_FOUND, RONDO_DATA_UNREADABLE
 */
export async function* readText(file: string, hash: Hash): AsyncGenerator<string> {
  const handle = file === '-' ? undefined : await openFile(file)
  try {
    let decoder: TextDecoder | undefined
    let header: string | undefined
    let line = 1
    for await (const bytes of unpacked(handle === undefined ? standardInput() : bytesOf(handle))) {
      hash.update(bytes)
      decoder ??= decoderFor(bytes)
      const text = decoded(decoder, bytes)
      if (header === undefined || text === undefined) {
        const legible = text ?? new TextDecoder().decode(bytes)
        header ??= headerOf(legible)
        // Of a picture, say, the first bad byte and its column tell nothing.
        if (CONTROLS.test(header) || (text === undefined && legible.includes('\0'))) {
          throw binary(file, line)
        }
      }
      if (text === undefined) throw notText(file, decoder, bytes, { header, line })
      const nothing = text.indexOf('\0')
      if (nothing >= 0) {
        throw binary(file, line + newlines(text.slice(0, nothing)))
      }
      line += newlines(text)
      yield text
    }
    if (decoder !== undefined && decoded(decoder) === undefined) {
      throw unreadable(file, 'ends in the midst of a character', { row: line, remedy: SAVE_AS_UTF8 })
    }
  } catch (error) {
    throw readError(file, error)
  } finally {
    await handle?.close().catch(() => undefined)
  }
}

/** What the next bytes, or the end without them, give; `undefined` where they are not of the decoder's encoding. */
function decoded(decoder: TextDecoder, bytes?: Uint8Array): string | undefined {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

/** Characters that no line of text has; a tab is one that may separate. */
const CONTROLS = /(?![\t\v\f])\p{Cc}/u

const binary = (file: string, row: number): RondoError =>
  unreadable(file, 'is not a text file', {
    row,
    remedy: 'Give a CSV file, or a Parquet file whose name ends in .parquet.',
  })

const headerOf = (text: string): string => /^[^\r\n]*/.exec(text.trimStart())![0].replaceAll('"', '')

function newlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** An error that names row and column of the first byte that is no UTF-8. */
function notText(
  file: string,
  { encoding }: TextDecoder,
  bytes: Uint8Array,
  { header, line }: { readonly header: string; readonly line: number },
): RondoError {
  const bad = encoding === 'utf-8' ? findBadByte(bytes, header) : undefined
  if (bad === undefined) {
    return unreadable(file, `is not ${encoding.toUpperCase()} text`, { row: line, remedy: SAVE_AS_UTF8 })
  }
  const row = line + bad.lines
  const name = header.split(detectSeparator(header))[bad.field]?.trim()
  const column = name && nameInWords(name)
  return new RondoError('RONDO_DATA_UNREADABLE', {
    message: `${file}:${row}${column ? `, column ${column}` : ''}: the byte ${bad.byte} is not UTF-8 text.`,
    value: bad.byte,
    place: { file, row, ...(column && { column }) },
    remedy: SAVE_AS_UTF8,
  })
}

const SAVE_AS_UTF8 = 'Save the file as UTF-8.'

async function* standardInput(): AsyncGenerator<Uint8Array> {
  for await (const chunk of process.stdin) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}

async function* bytesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const { size } = await handle.stat()
  // A whole chunk for a small file is work for the garbage collector; what is no plain file has no size.
  const highWaterMark = size === 0 ? CHUNK_BYTES : Math.min(CHUNK_BYTES, size + 1)
  yield* handle.createReadStream({ highWaterMark, autoClose: false })
}

async function openFile(file: string): Promise<FileHandle> {
  let handle: FileHandle
  try {
    handle = await open(file)
  } catch (error) {
    throw readError(file, error)
  }
  if ((await handle.stat()).isDirectory()) {
    await handle.close()
    throw unreadable(file, 'is a folder')
  }
  return handle
}

/** Unpacks what begins like gzip. */
async function* unpacked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done) return
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    yield first.value
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b
  // What goes wrong reaches the reader through the last stream, which the pipeline destroys with the error.
  if (isGzip) yield* pipeline(whole(), createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined)
  else yield* whole()
}

function decoderFor(bytes: Uint8Array): TextDecoder {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true })
  return new TextDecoder('utf-8', { fatal: true })
}

/** What went wrong with a file, as an error of the catalogue. */
export function readError(file: string, error: unknown): RondoError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new RondoError('RONDO_DATA_NOT_FOUND', {
      message: `There is no file ${file}.`,
      value: file,
      place: { file },
    })
  }
  if (code === 'EISDIR') return unreadable(file, 'is a folder')
  if (code === 'EACCES' || code === 'EPERM') return unreadable(file, 'may not be read by this user')
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return unreadable(file, 'is not UTF-8 text', { remedy: SAVE_AS_UTF8 })
  }
  if (typeof code === 'string' && code.startsWith('Z_'))
    return unreadable(file, 'is damaged or cut off gzip data', { remedy: 'Compress the file anew.' })
  return asRondoError(error, 'RONDO_DATA_UNREADABLE', { file })
}

function unreadable(
  file: string,
  why: string,
  { row, remedy }: { readonly row?: number; readonly remedy?: string } = {},
): RondoError {
  return new RondoError('RONDO_DATA_UNREADABLE', {
    message: `${file} ${why}.`,
    value: file,
    place: { file, ...(row === undefined ? {} : { row }) },
    ...(remedy === undefined ? {} : { remedy }),
  })
}
