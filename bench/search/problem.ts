import type { Objective, Params, Space } from '@rondo/core'

/** Something to search, of which the truth is known. */
export interface Problem {
  readonly name: string
  readonly space: Space
  readonly objective: Objective
  /** The measurement that every sampler meets at its `repeat`-th look (from 0) at a configuration; NaN where it failed. */
  measure(params: Params, seed: number, repeat: number): number
  /** Of the configuration's true mean: 0 is the best there is, 1 the median. */
  regret(params: Params): number
}
