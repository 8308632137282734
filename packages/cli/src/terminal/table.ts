import Table from 'cli-table3'

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
