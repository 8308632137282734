import { deriveRng } from '@rondo/core'
import { type CellsOfDimension, growTree } from './grow-tree.ts'
import { type Node, predict, type Table } from './tree.ts'

/** How a forest is grown. */
export interface ForestOptions {
  readonly seed: number
  readonly trees: number
  readonly minLeaf: number
}

/** A random forest (Breiman, 2001). */
export interface Forest {
  readonly trees: readonly Node[]
  /**
   * R² of the predictions for rows by the trees that have not seen them: 1 is perfect; 0 is no better than the mean, or
   * worse.
   */
  readonly explained: number
}

/** The share of dimensions that a node looks at, that of the forests in SMAC (Hutter, Hoos and Leyton-Brown, 2011). */
const SHARE_OF_DIMENSIONS = 5 / 6

/** Grows each tree on a sample of the rows with replacement. */
export function growForest(
  table: Table,
  dimensions: readonly CellsOfDimension[],
  { seed, trees, minLeaf }: ForestOptions,
): Forest {
  const n = table.values.length
  const options = { minLeaf, dimensionsPerNode: Math.ceil(SHARE_OF_DIMENSIONS * dimensions.length) }
  const sums = new Float64Array(n)
  const counts = new Float64Array(n)
  const grown: Node[] = []
  for (let tree = 0; tree < trees; tree++) {
    const rng = deriveRng({ seed, purpose: 'forest', step: tree })
    const rows = Array.from({ length: n }, () => rng.integer(0, n - 1))
    const root = growTree(table, dimensions, rows, options, rng)
    grown.push(root)
    const drawn = new Set(rows)
    for (let row = 0; row < n; row++) {
      if (drawn.has(row)) continue
      sums[row]! += predict(root, (dimension) => table.cells[dimension]![row]!)
      counts[row]! += 1
    }
  }
  return { trees: grown, explained: explainedVariance(table.values, sums, counts) }
}

function explainedVariance(values: Float64Array, sums: Float64Array, counts: Float64Array): number {
  const rows = Array.from(values.keys()).filter((row) => counts[row]! > 0)
  const centre = rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length
  let error = 0
  let spread = 0
  for (const row of rows) {
    error += (values[row]! - sums[row]! / counts[row]!) ** 2
    spread += (values[row]! - centre) ** 2
  }
  return spread > 0 ? Math.max(0, 1 - error / spread) : 0
}
