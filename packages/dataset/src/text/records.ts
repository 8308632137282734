import { RondoError } from '@rondo/core'

const QUOTE = 34
const NEWLINE = 10
/** A quoted field longer than this is taken for a quote that was never closed. */
const LONGEST_FIELD = 1 << 20

/**
 * Cuts text into whole records and checks what the CSV parser does not: that each record has as many fields as the
 * first, and that quotes are closed. It also counts lines, so that errors name the line that an editor shows.
 */
export interface RecordScanner {
  /** The whole records of what has come so far and was not given back yet, each ended by `\n`; blank lines left out. */
  push(text: string): string
  /** The last record, where the text did not end with a line end. */
  end(): string
  /** For each record given back, the header included, the line on which it begins, from 1. */
  readonly lines: readonly number[]
  /** Of every record; 0 before the first. */
  readonly fields: number
}

/** @throws RONDO_DATA_ROW_LENGTH, RONDO_DATA_UNREADABLE from `push` and `end`. */
export function recordScanner(file: string, separator: string): RecordScanner {
  const separatorCode = separator.charCodeAt(0)
  const lines: number[] = []
  let rest = ''
  let line = 1
  let fields = 0
  // A file of old Macs ends its lines with a lone carriage return.
  let lineEnd: RegExp | undefined

  const fail = (
    code: 'RONDO_DATA_ROW_LENGTH' | 'RONDO_DATA_UNREADABLE',
    row: number,
    message: string,
    value?: number,
  ) =>
    new RondoError(code, {
      message: `${file}:${row}: ${message}`,
      ...(value === undefined ? {} : { value }),
      place: { file, row },
      ...(code === 'RONDO_DATA_UNREADABLE'
        ? { remedy: 'Correct the quotes of that row: a quote within a quoted field is doubled.' }
        : {}),
    })

  const scan = (text: string): string => {
    let whole = ''
    let from = 0
    let begin = 0
    let count = 1
    let newlines = 0
    let atFieldStart = true
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === QUOTE && atFieldStart) {
        const close = closingQuote(text, i + 1)
        if (close === -1) {
          if (text.length - i > LONGEST_FIELD) {
            throw fail('RONDO_DATA_UNREADABLE', line, 'a quote is opened and not closed.')
          }
          break
        }
        for (let at = text.indexOf('\n', i); at !== -1 && at < close; at = text.indexOf('\n', at + 1))
          newlines++
        const next = text.charCodeAt(close + 1)
        if (close + 1 < text.length && next !== separatorCode && next !== NEWLINE) {
          throw fail('RONDO_DATA_UNREADABLE', line, 'something follows a closing quote within a field.')
        }
        i = close
        atFieldStart = false
      } else if (code === separatorCode) {
        count++
        atFieldStart = true
      } else if (code === NEWLINE) {
        if (i === begin) {
          whole += text.slice(from, begin)
          from = i + 1
        } else {
          if (fields === 0) fields = count
          if (count !== fields) {
            throw fail(
              'RONDO_DATA_ROW_LENGTH',
              line,
              `the row has ${count} fields and the header ${fields}.`,
              count,
            )
          }
          lines.push(line)
        }
        line += newlines + 1
        begin = i + 1
        count = 1
        newlines = 0
        atFieldStart = true
      } else atFieldStart = false
    }
    rest = text.slice(begin)
    return whole + text.slice(from, begin)
  }

  return {
    lines,
    get fields() {
      return fields
    },
    push(text) {
      lineEnd ??= !text.includes('\n') && text.includes('\r') ? /\r/g : /\r\n/g
      // A carriage return at the end may be the first half of a line end.
      return scan((rest + text).replace(lineEnd, '\n'))
    },
    end() {
      if (rest === '' || rest === '\r') return ''
      const text = scan(rest.endsWith('\n') ? rest : `${rest}\n`)
      if (rest !== '') throw fail('RONDO_DATA_UNREADABLE', line, 'a quote is opened and not closed.')
      return text
    },
  }
}

/** Where the quoted field that began before `from` closes, or −1; a doubled quote is part of the field. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at
  }
  return -1
}
