import Table from 'cli-table3'
import { wrap } from './wrap.ts'

/** A cell's text; right: numbers, which line up at their right end. */
export type Cell = string | { readonly right: string }

const RULES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** The last column is never made narrower than this. */
const NARROWEST = 20
const GAP = 2

/** Rows under a head, with the text of the last column broken so that no line is longer than `width`. */
export function textTable(head: readonly Cell[], rows: readonly (readonly Cell[])[], width: number): string {
  const last = head.length - 1
  const before = head
    .slice(0, last)
    .reduce((sum, _, i) => sum + GAP + Math.max(...[head, ...rows].map((row) => textOf(row[i]!).length)), 0)
  const room = Math.max(NARROWEST, width - before)
  const broken = (row: readonly Cell[]): readonly Cell[] =>
    row.map((cell, i) => (i === last ? wrap(textOf(cell), room).join('\n') : cell))
  return table(broken(head), rows.map(broken))
}

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.right)

/**
 * Names with their numbers under a head, in one table where it is no wider than `width`, else in several, one below the
 * other, each with the names.
 */
export function tablesWithin(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const widthOf = (column: number): number => Math.max(...[head, ...rows].map((row) => row[column]!.length))
  const groups: number[][] = []
  let room = 0
  for (let column = 1; column < head.length; column++) {
    const taken = GAP + widthOf(column)
    if (groups.length === 0 || taken > room) {
      groups.push([])
      room = width - widthOf(0)
    }
    groups.at(-1)!.push(column)
    room -= taken
  }
  const cells = (row: readonly string[], columns: readonly number[]): readonly Cell[] => [
    row[0]!,
    ...columns.map((column): Cell => ({ right: row[column]! })),
  ]
  return groups
    .map((columns) =>
      table(
        cells(head, columns),
        rows.map((row) => cells(row, columns)),
      ),
    )
    .join('\n\n')
}

/** Rows under a head, columns two spaces apart, without rules: it can be read, cut and pasted. */
export function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const made = new Table({
    chars: RULES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  })
  for (const row of [head, ...rows]) {
    made.push(
      row.map((cell) =>
        typeof cell === 'string' ? cell : { content: cell.right, hAlign: 'right' as const },
      ),
    )
  }
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
