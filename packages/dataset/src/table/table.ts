import type { ErrorPlace } from '@rondo/core'

/** A column of numbers; NaN where a field is missing or no number. */
export interface NumberColumn {
  readonly kind: 'number'
  readonly name: string
  readonly values: Float64Array
  /** The first field that is no number. It matters only where the column is used. */
  readonly unreadable?: { readonly row: number; readonly text: string }
}

/** A column of times in milliseconds since 1970-01-01 UTC; NaN where missing or unreadable. */
export interface TimeColumn {
  readonly kind: 'time'
  readonly name: string
  readonly values: Float64Array
  readonly unreadable?: { readonly row: number; readonly text: string }
}

/** A column of texts by their number in a dictionary; −1 where missing. */
export interface TextColumn {
  readonly kind: 'text'
  readonly name: string
  readonly codes: Int32Array
  /** In the order of first appearance. */
  readonly dictionary: readonly string[]
}

export type Column = NumberColumn | TimeColumn | TextColumn

/** One or more files of the same header as columns. Rows count from 0 over all of them. */
export interface Table {
  readonly name: string
  readonly rows: number
  readonly columns: readonly Column[]
  /** SHA-256 over the content of the files, hex. */
  readonly hash: string
  /** Where a row stands, for messages. */
  place(row: number): ErrorPlace
}
