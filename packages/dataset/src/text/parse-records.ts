import { initParser, type Parser, type Schema } from 'udsv'

/** Parses whole records of `columns` fields, as a record scanner gives them, and hands each to `onRecord`. */
export function recordParser(
  separator: string,
  columns: number,
): (records: string, onRecord: (fields: readonly string[]) => void) => void {
  const unquoted = parser(separator, columns, '')
  const quoted = parser(separator, columns, '"')
  return (records, onRecord) => {
    // Without quotes in sight the parser has a faster path.
    const { stringArrs } = records.includes('"') ? quoted : unquoted
    stringArrs<string[]>(records, (fields) => {
      // Of a single column it also reports the nothing after the last line end.
      if (columns > 1 || fields[0] !== '') onRecord(fields)
    })
  }
}

function parser(col: string, columns: number, encl: '' | '"'): Parser {
  const cols = Array.from({ length: columns }, (_, i) => ({
    name: String(i),
    type: 's' as const,
    repl: { empty: undefined, null: undefined, NaN: undefined },
  }))
  // `skip` (header rows) is read by the parser though its types leave it out.
  const schema: Schema & { skip: number } = { skip: 0, col, row: '\n', encl, esc: encl, trim: false, cols }
  return initParser(schema)
}
