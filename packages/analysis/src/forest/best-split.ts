import type { CellsOfDimension } from './grow-tree.ts'
import type { Table } from './tree.ts'

/** A division of rows in two by one dimension. */
export interface Split {
  readonly dimension: number
  readonly goesLeft: Uint8Array
  /** How much it lowers the sum of squared errors. */
  readonly gain: number
}

/**
 * The division by one dimension that lowers the squared error most, with at least `minLeaf` rows on both sides. Cells
 * without an order are brought into that of their means first, which finds the best of all subsets (Fisher, 1958).
 */
export function bestSplit(
  { cells, values }: Table,
  rows: readonly number[],
  dimension: number,
  { count, ordered }: CellsOfDimension,
  minLeaf: number,
): Split | undefined {
  const sums = new Float64Array(count)
  const counts = new Float64Array(count)
  const column = cells[dimension]!
  let total = 0
  for (const row of rows) {
    const cell = column[row]!
    sums[cell]! += values[row]!
    counts[cell]! += 1
    total += values[row]!
  }
  const seen = Array.from({ length: count }, (_, cell) => cell).filter((cell) => counts[cell]! > 0)
  if (seen.length < 2) return undefined
  if (!ordered) seen.sort((a, b) => sums[a]! / counts[a]! - sums[b]! / counts[b]! || a - b)
  const n = rows.length
  let leftSum = 0
  let leftCount = 0
  let best: { readonly gain: number; readonly after: number } | undefined
  for (let i = 0; i + 1 < seen.length; i++) {
    leftSum += sums[seen[i]!]!
    leftCount += counts[seen[i]!]!
    const rightCount = n - leftCount
    if (leftCount < minLeaf || rightCount < minLeaf) continue
    const gain = leftSum ** 2 / leftCount + (total - leftSum) ** 2 / rightCount - total ** 2 / n
    if (gain > (best?.gain ?? 0)) best = { gain, after: i }
  }
  if (best === undefined) return undefined
  return { dimension, gain: best.gain, goesLeft: sides(seen, best.after, counts, count, ordered) }
}

function sides(
  seen: readonly number[],
  after: number,
  counts: Float64Array,
  count: number,
  ordered: boolean,
): Uint8Array {
  const goesLeft = new Uint8Array(count)
  if (ordered) {
    // Cells between those seen are halved: nothing is known of them.
    const lastLeft = Math.floor((seen[after]! + seen[after + 1]! - 1) / 2)
    return goesLeft.fill(1, 0, lastLeft + 1)
  }
  const left = seen.slice(0, after + 1)
  const leftRows = left.reduce((sum, cell) => sum + counts[cell]!, 0)
  const allRows = counts.reduce((sum, rows) => sum + rows, 0)
  // Categories not seen here go where most rows go.
  if (2 * leftRows > allRows) goesLeft.fill(1)
  for (const [i, cell] of seen.entries()) goesLeft[cell] = i <= after ? 1 : 0
  return goesLeft
}
