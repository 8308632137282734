import type { Node } from '../forest/tree.ts'
import type { Dimension } from './dimension.ts'
import { type Box, type Region, withCells } from './regions.ts'

/** A part of the space for which a tree predicts the same. */
export interface Leaf {
  readonly box: Box
  readonly active: readonly boolean[]
  readonly value: number
  /** The probability that a draw from the space lies in it. */
  readonly mass: number
  /** For each dimension the probability of the box's cells in it; 1 where it is not active. */
  readonly masses: readonly number[]
}

/**
 * The leaves of a tree as a partition of the space. Below a question for a hyperparameter that is not active only the side
 * of its default counts, where rows without it went.
 */
export function leavesOf(
  tree: Node,
  dimensions: readonly Dimension[],
  regions: readonly Region[],
): readonly Leaf[] {
  const leaves: Leaf[] = []
  for (const { box: whole, active } of regions) {
    const visit = (node: Node, box: Box): void => {
      if ('value' in node) {
        const masses = dimensions.map(({ masses }, i) => (active[i] ? massOf(masses, box[i]!) : 1))
        leaves.push({ box, active, value: node.value, masses, mass: masses.reduce((a, b) => a * b, 1) })
        return
      }
      const { dimension, goesLeft, left, right } = node
      if (!active[dimension]) {
        visit(goesLeft[dimensions[dimension]!.defaultCell] === 1 ? left : right, box)
        return
      }
      const cells = box[dimension]!
      const toLeft = cells.map((inBox, cell) => inBox & goesLeft[cell]!)
      const toRight = cells.map((inBox, cell) => inBox & (1 - goesLeft[cell]!))
      if (toLeft.includes(1)) visit(left, withCells(box, dimension, toLeft))
      if (toRight.includes(1)) visit(right, withCells(box, dimension, toRight))
    }
    visit(tree, whole)
  }
  return leaves
}

function massOf(masses: readonly number[], cells: Uint8Array): number {
  let sum = 0
  for (let cell = 0; cell < cells.length; cell++) if (cells[cell] === 1) sum += masses[cell]!
  return sum
}
