import { count, RondoError } from '@rondo/core'

/** Rows in ascending order, as every array of a fold holds them. */
export function ascending(rows: Iterable<number>): Int32Array {
  return Int32Array.from(rows).sort()
}

/**
 * How many of `rows` rows a size option asks for: below 1 it is a share, from 1 on a number of rows.
 * @throws RONDO_SPLIT_INVALID where nothing would be left on either side.
 */
export function sizeOf(option: number, rows: number, field: string): number {
  const size = option < 1 ? Math.round(option * rows) : option
  if (size < 1 || size >= rows) {
    throw new RondoError('RONDO_SPLIT_INVALID', {
      message: `Of ${count(rows, 'row')} that can be predicted, ${field} ${option} leaves none to ${size < 1 ? 'validate' : 'train'} on.`,
      value: option,
      place: { field },
      remedy: 'Give more rows, take a shorter window, or choose another size.',
    })
  }
  return size
}

/** The index of the first row that is not below `row`, by bisection. */
export function lowerBound(rows: Int32Array, row: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}
