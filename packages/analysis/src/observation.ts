import type { Params } from '@rondo/core'

/** One configuration and what came of it: the data of `importance`. */
export interface Observation {
  readonly params: Params
  /** The objective's metric; absent or NaN where the trial failed because of its params. */
  readonly value?: number | undefined
  /** The share of the full budget behind the value, in (0, 1]; 1 where absent. */
  readonly share?: number
  /** What the same trial had on smaller shares of the budget. */
  readonly earlier?: readonly { readonly share: number; readonly value: number }[]
}
