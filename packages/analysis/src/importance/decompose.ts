import type { Dimension } from './dimension.ts'
import type { Leaf } from './leaves.ts'

/** What one hyperparameter does to the prediction of one tree. */
export interface Marginal {
  /** For each cell the mean prediction over all else, where the hyperparameter is active; NaN where it never is. */
  readonly means: Float64Array
  /** The part of the variance that it explains alone. */
  readonly variance: number
}

/** The variance of a tree's prediction over the space. */
export function totalVariance(leaves: readonly Leaf[]): number {
  const centre = leaves.reduce((sum, { mass, value }) => sum + mass * value, 0)
  return leaves.reduce((sum, { mass, value }) => sum + mass * (value - centre) ** 2, 0)
}

/**
 * The marginal of one dimension and its variance: a(u) and V(u) of Hutter, Hoos and Leyton-Brown (2014), equations 5 and
 * 7, computed over the leaves as in their algorithm 2. A conditional hyperparameter is judged where it is active, and its
 * variance counts by the probability of that.
 */
export function marginalOf(leaves: readonly Leaf[], j: number, { count, masses }: Dimension): Marginal {
  const sums = new Float64Array(count)
  const weights = new Float64Array(count)
  let activeMass = 0
  for (const { box, active, value, mass, masses: own } of leaves) {
    if (!active[j]) continue
    activeMass += mass
    const others = mass / own[j]!
    for (let cell = 0; cell < count; cell++) {
      if (box[j]![cell] !== 1) continue
      sums[cell]! += others * value
      weights[cell]! += others
    }
  }
  const means = sums.map((sum, cell) => sum / weights[cell]!)
  return { means, variance: activeMass === 0 ? 0 : activeMass * varianceOf(means, masses) }
}

/**
 * The variance that two dimensions explain together beyond what each explains alone (equation 7 for a pair), where both
 * are active.
 */
export function interactionOf(
  leaves: readonly Leaf[],
  [j, k]: readonly [number, number],
  dimensions: readonly Dimension[],
): number {
  const [first, second] = [dimensions[j]!, dimensions[k]!]
  const sums = new Float64Array(first.count * second.count)
  const weights = new Float64Array(sums.length)
  let activeMass = 0
  for (const { box, active, value, mass, masses } of leaves) {
    if (!active[j] || !active[k]) continue
    activeMass += mass
    const others = mass / (masses[j]! * masses[k]!)
    for (let a = 0; a < first.count; a++) {
      if (box[j]![a] !== 1) continue
      for (let b = 0; b < second.count; b++) {
        if (box[k]![b] !== 1) continue
        sums[a * second.count + b]! += others * value
        weights[a * second.count + b]! += others
      }
    }
  }
  if (activeMass === 0) return 0
  const joint = sums.map((sum, i) => sum / weights[i]!)
  const rows = first.masses.map((_, a) => weightedMean(second.masses, (b) => joint[a * second.count + b]!))
  const columns = second.masses.map((_, b) => weightedMean(first.masses, (a) => joint[a * second.count + b]!))
  const both = first.masses.flatMap((p) => second.masses.map((q) => p * q))
  const alone = varianceOf(rows, first.masses) + varianceOf(columns, second.masses)
  return activeMass * Math.max(0, varianceOf(joint, both) - alone)
}

/** Cells that no active part of the space has are NaN and count for nothing. */
function varianceOf(means: ArrayLike<number>, masses: readonly number[]): number {
  const centre = weightedMean(masses, (cell) => means[cell]!)
  return weightedMean(masses, (cell) => (means[cell]! - centre) ** 2)
}

function weightedMean(masses: readonly number[], at: (cell: number) => number): number {
  let sum = 0
  let weight = 0
  for (const [cell, mass] of masses.entries()) {
    const value = at(cell)
    if (Number.isNaN(value)) continue
    sum += mass * value
    weight += mass
  }
  return weight === 0 ? Number.NaN : sum / weight
}
