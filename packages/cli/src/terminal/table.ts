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
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const last = head.length - 1
  const before = head
    .slice(0, last)
    .reduce((sum, _, i) => sum + GAP + Math.max(...[head, ...rows].map((row) => row[i]!.length)), 0)
  const room = Math.max(NARROWEST, width - before)
  return table(
    head,
    rows.map((row) => row.map((cell, i) => (i === last ? wrap(cell, room).join('\n') : cell))),
  )
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
