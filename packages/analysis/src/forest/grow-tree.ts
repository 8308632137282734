import type { Rng } from '@rondo/core'
import { bestSplit, type Split } from './best-split.ts'
import type { Node, Table } from './tree.ts'

/** What growing needs to know of a dimension. */
export interface CellsOfDimension {
  /** At most 256. */
  readonly count: number
  /** Whether neighbouring cells are alike; of a choice of names they are not. */
  readonly ordered: boolean
}

/** How trees are grown. */
export interface TreeOptions {
  /** The fewest rows of a leaf. */
  readonly minLeaf: number
  /** How many dimensions, drawn anew for each node, are looked at. */
  readonly dimensionsPerNode: number
}

/** Grows a regression tree (CART: Breiman, Friedman, Olshen and Stone, 1984) on some rows of a table. */
export function growTree(
  table: Table,
  dimensions: readonly CellsOfDimension[],
  rows: readonly number[],
  options: TreeOptions,
  rng: Rng,
): Node {
  const grow = (own: readonly number[]): Node => {
    const split = own.length < 2 * options.minLeaf ? undefined : bestOf(own)
    if (split === undefined)
      return { value: own.reduce((sum, row) => sum + table.values[row]!, 0) / own.length }
    const column = table.cells[split.dimension]!
    const isLeft = (row: number): boolean => split.goesLeft[column[row]!] === 1
    return {
      dimension: split.dimension,
      goesLeft: split.goesLeft,
      left: grow(own.filter(isLeft)),
      right: grow(own.filter((row) => !isLeft(row))),
    }
  }
  const bestOf = (own: readonly number[]): Split | undefined => {
    let best: Split | undefined
    let looked = 0
    for (const dimension of rng.permutation(dimensions.length)) {
      if (looked >= options.dimensionsPerNode && best !== undefined) break
      looked++
      const split = bestSplit(table, own, dimension, dimensions[dimension]!, options.minLeaf)
      if (split !== undefined && split.gain > (best?.gain ?? 0)) best = split
    }
    return best
  }
  return grow(rows)
}
