import { RondoError } from '@rondo/core'
import { where } from '../table/columns.ts'
import type { Column, Table } from '../table/table.ts'
import { formatTime } from '../text/times.ts'
import { isGap, type TimeStep } from './time-step.ts'

/** The rows of a table, series after series in the order of their first appearance, each in the order of time. */
export interface RowOrder {
  readonly rows: Int32Array
  /** For each of {@link RowOrder.rows} the number of its series. */
  readonly groups?: Int32Array
  /** Whether rows had to be moved. */
  readonly sorted: boolean
}

/** @param alone Whether each row is a series by itself where no column tells series apart. */
export function orderRows(
  table: Table,
  time: Column | undefined,
  id: Column | undefined,
  alone: boolean,
): RowOrder {
  const each = alone ? Int32Array.from({ length: table.rows }, (_, row) => row) : undefined
  const groups = id === undefined ? each : numbered(id)
  const times = time === undefined || time.kind === 'text' ? undefined : time.values
  const inOrder = (a: number, b: number) =>
    (groups === undefined ? 0 : groups[a]! - groups[b]!) ||
    (times === undefined ? 0 : times[a]! - times[b]!) ||
    a - b
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row)
  const sorted = rows.some((row) => row > 0 && inOrder(row - 1, row) > 0)
  if (sorted) rows.sort(inOrder)
  return { rows, sorted, ...(groups && { groups: Int32Array.from(rows, (row) => groups[row]!) }) }
}

/** Numbers the values of a column in the order of their first appearance. */
function numbered(column: Column): Int32Array {
  const values = column.kind === 'text' ? column.codes : column.values
  const known = new Map<number, number>()
  return Int32Array.from(values, (value) => {
    const number = known.get(value) ?? known.size
    known.set(value, number)
    return number
  })
}

/**
 * Checks that within each series no time stands twice and, where the step is known, that none is left out.
 * @throws RONDO_DATA_TIME naming the rows and how many more there are.
 */
export function checkTimes(
  table: Table,
  time: Column & { readonly values: Float64Array },
  { rows, groups }: RowOrder,
  step: TimeStep | undefined,
  gaps: 'error' | 'keep',
): void {
  const show = (value: number) => (time.kind === 'time' ? formatTime(value) : String(value))
  let firstGap = -1
  let gapCount = 0
  for (let i = 1; i < rows.length; i++) {
    if (groups !== undefined && groups[i] !== groups[i - 1]) continue
    const before = time.values[rows[i - 1]!]!
    const at = time.values[rows[i]!]!
    if (before === at) {
      const place = { ...table.place(rows[i]!), column: time.name }
      throw new RondoError('RONDO_DATA_TIME', {
        message: `${where(place)}: ${show(at)} stands there and in row ${table.place(rows[i - 1]!).row}.`,
        value: show(at),
        place,
        remedy: 'Keep one row for each time, or name the id column if there are several series.',
      })
    }
    if (step !== undefined && isGap(before, at, step)) {
      gapCount++
      if (firstGap < 0) firstGap = i
    }
  }
  if (gapCount === 0 || gaps === 'keep') return
  const place = { ...table.place(rows[firstGap]!), column: time.name }
  const [from, to] = [time.values[rows[firstGap - 1]!]!, time.values[rows[firstGap]!]!]
  const more = gapCount === 1 ? '' : ` (and ${gapCount - 1} more such gaps)`
  throw new RondoError('RONDO_DATA_TIME', {
    message: `${where(place)}: rows are missing between ${show(from)} and ${show(to)}${more}.`,
    value: show(to),
    place,
    remedy: 'Add the missing rows, or choose with `gaps`: keep (take the rows as consecutive).',
  })
}
