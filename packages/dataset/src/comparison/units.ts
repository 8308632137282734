import type { Fold } from '@rondo/core'
import type { Plan } from '../plan.ts'
import type { Frame } from '../series/frame.ts'

/** Which samples are drawn together where samples are drawn anew. */
export interface Units {
  /** For each sample the number of its unit, from 0; units follow each other in time. */
  readonly of: Int32Array
  readonly count: number
  /** Whether a unit tells nothing of the next: whole sequences, or whole series. */
  readonly independent: boolean
}

/** Fewer series than this say nothing of how series differ. */
const FEWEST_SERIES = 10

/**
 * The units of a fold's validation samples: sequences; series, where many are validated on that none is trained on; else
 * moments in time, each with the samples of every series, as what happens to one of them often happens to the others.
 */
export function unitsOf(frame: Frame, plan: Plan, { train, validation }: Fold): Units {
  if (plan.sequences) return numbered(validation, true)
  const { groups, times, origins } = frame
  if (groups === undefined) return numbered(validation, false)
  const known = new Set(train.map((row) => groups[row]!))
  const bySeries = numbered(
    validation.map((row) => groups[row]!),
    true,
  )
  const areNew = known.size > 0 && validation.every((row) => !known.has(groups[row]!))
  if (areNew && bySeries.count >= FEWEST_SERIES) return bySeries
  return numbered(
    Array.from(validation, (row) => times?.[row] ?? row - origins[row]!),
    false,
  )
}

/** Equal keys are of one unit; units ascend by their keys. */
function numbered(keys: ArrayLike<number>, independent: boolean): Units {
  const distinct = [...new Set(Array.from(keys))].sort((a, b) => a - b)
  const numbers = new Map(distinct.map((key, i) => [key, i]))
  return { of: Int32Array.from(keys, (key) => numbers.get(key)!), count: distinct.length, independent }
}
