import { z } from 'zod'

const eta = z.number().min(2).default(3)
const firstRung = z.int().min(1).optional()
const minUpdates = z.int().min(0).default(0)

/** Checks the options of `asha` and fills in their defaults. */
export const ashaOptions = z.strictObject({
  eta,
  firstRung,
  minUpdates,
  brackets: z.int().min(1).default(1),
  expectations: z.boolean().default(true),
})

/** Options of `asha`. */
export interface AshaOptions {
  /** Of so many trials at a rung one is promoted to the next, which has about so many times the budget, at least 2; default 3. */
  readonly eta?: number
  /** Epochs of the first rung; default a 20th of the epochs, at least 1. */
  readonly firstRung?: number
  /**
   * Updates of the weights before a trial is judged, whatever the rung: one of large batches trains for more epochs
   * first, up to a third of the full ones; default 0.
   */
  readonly minUpdates?: number
  /** Brackets that share the work, the b-th starting at rung b: against objectives whose early epochs mislead; default 1. */
  readonly brackets?: number
  /**
   * Whether trials go on from their first rung by what the search strategy expects of them with the full budget beside their
   * values, and by that alone once three are trained in full; default true. It makes no difference where the strategy
   * expects nothing, and to trials that train further than the first rung before they are judged (`minUpdates`).
   */
  readonly expectations?: boolean
}

/** Checks the options of `hyperband` and fills in their defaults. */
export const hyperbandOptions = z.strictObject({ eta, firstRung })

/** Options of `hyperband`. */
export type HyperbandOptions = Pick<AshaOptions, 'eta' | 'firstRung'>

/** Checks the options of `medianStop` and fills in their defaults. */
export const medianStopOptions = z.strictObject({
  minTrials: z.int().min(1).default(5),
  minEpochs: z.int().min(1).default(1),
})

/** Options of `medianStop`. */
export interface MedianStopOptions {
  /** Finished trials before any is stopped, at least 1; default 5. */
  readonly minTrials?: number
  /** Epochs that every trial may train, at least 1; default 1. */
  readonly minEpochs?: number
}
