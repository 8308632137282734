import { styleText } from 'node:util'
import { asTyped } from './as-typed.ts'

/** The two streams of a command, and who may write what where. */
export interface Output {
  /** Whether results are JSON lines; everything for people then goes to standard error. */
  readonly json: boolean
  /** Whether people look at a terminal, so that lines may be redrawn. */
  readonly live: boolean
  /** Columns of the terminal; 100 where there is none. */
  readonly columns: number
  /** Rows of the terminal; 24 where there is none. */
  readonly rows: number
  /** The stream on which people read. */
  readonly stream: NodeJS.WriteStream
  /** A line for people. */
  say(line: string): void
  /** A line for people about what went wrong or deserves attention; always on standard error. */
  warn(line: string): void
  /** One result as a JSON line, where JSON is asked for. */
  emit(value: object): void
  /** `text` in a style, where the stream shows styles. */
  style(format: Parameters<typeof styleText>[0], text: string): string
}

/** Width where lines go to a file or a pipe. */
const PIPED_COLUMNS = 100

/** The output of this process. */
export function processOutput(json: boolean): Output {
  const stream = json ? process.stderr : process.stdout
  return {
    json,
    live: stream.isTTY === true && process.env.TERM !== 'dumb' && process.env.CI === undefined,
    get columns() {
      return stream.columns ?? PIPED_COLUMNS
    },
    get rows() {
      return stream.rows ?? 24
    },
    stream,
    say: (line) => void stream.write(`${asTyped(line)}\n`),
    warn: (line) => void process.stderr.write(`${asTyped(line)}\n`),
    emit: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, jsonNumber)}\n`)
    },
    style: (format, text) => styleText(format, text, { stream, validateStream: true }),
  }
}

/** JSON has no NaN and no infinities; as text they are at least not lost. */
function jsonNumber(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}
