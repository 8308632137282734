/** A node of a regression tree over dimensions that are divided into cells. */
export type Node =
  | { readonly value: number }
  | {
      /** The dimension that it asks for. */
      readonly dimension: number
      /** For each cell of the dimension 1 where rows go left. */
      readonly goesLeft: Uint8Array
      readonly left: Node
      readonly right: Node
    }

/** Rows for a tree to learn from. */
export interface Table {
  /** For each dimension the cell of every row. */
  readonly cells: readonly Uint8Array[]
  /** For each row what is to be predicted. */
  readonly values: Float64Array
}

/** The prediction for a row, of which `cellOf` tells the cell in a dimension. */
export function predict(tree: Node, cellOf: (dimension: number) => number): number {
  let node = tree
  while ('left' in node) node = node.goesLeft[cellOf(node.dimension)] === 1 ? node.left : node.right
  return node.value
}
