import type { ParamValue } from '@rondo/core'
import type { Observation } from '../observation.ts'
import type { Dimension } from './dimension.ts'

/** What trials have tried of each dimension, in the order of the dimensions. */
export interface Tried {
  /** The values that it had where it was active, each once, in the order in which they were tried. */
  readonly values: readonly (readonly ParamValue[])[]
  /** Whether these lie in more than one cell. */
  readonly isVaried: readonly boolean[]
  /**
   * For each trial the cell that it is in; the default's where the dimension is not active. Of a dimension that was not
   * varied all are in that one: else a conditional one would tell of its parent, by being there or not.
   */
  readonly cells: readonly Uint8Array[]
}

/** Finds trials among the cells of dimensions. */
export function triedOf(dimensions: readonly Dimension[], trials: readonly Observation[]): Tried {
  const values = dimensions.map(({ name }) => [
    ...new Set(trials.flatMap(({ params }) => (params[name] === undefined ? [] : [params[name]]))),
  ])
  const isVaried = dimensions.map(({ cellOf }, j) => new Set(values[j]!.map(cellOf)).size > 1)
  const cells = dimensions.map(({ name, defaultCell, cellOf }, j) =>
    Uint8Array.from(trials, ({ params }) => {
      const value = params[name]
      return value === undefined || !isVaried[j] ? defaultCell : cellOf(value)
    }),
  )
  return { values, isVaried, cells }
}
