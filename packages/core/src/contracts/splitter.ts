import { token } from '../composition/token.ts'
import type { Rng } from '../random/rng.ts'

/** One division of the target rows. All arrays hold target rows of the request, ascending. */
export interface Fold {
  /** The rows whose targets are trained on. */
  readonly train: Int32Array
  /** The rows whose targets are scored. */
  readonly validation: Int32Array
}

/** What a splitter is asked to divide: development rows only, the test rows are off already. */
export interface SplitRequest {
  /** The rows that can be scored, ascending: they start after the largest window of the space. */
  readonly targets: Int32Array
  /** Steps from the last input to the last target: the last train target lies at least so far before validation. */
  readonly horizon: number
  /**
   * Whether rows are steps of one series (true) or independent sequences. Shuffled and k-fold splits of one series
   * must purge overlaps.
   */
  readonly sequential: boolean
  /** The largest window of the space: the reach of an input back from its target, in rows. */
  readonly window: number
  /** For each target its class, where the task has classes. */
  readonly labels?: Int32Array
  /** For each target the number of its series or sequence, where there is an id column. */
  readonly groups?: Int32Array
  readonly rng: Rng
}

/** Divides target rows into folds. */
export interface Splitter {
  /** The number of folds that it makes, whatever the data. */
  readonly folds: number
  /** Folds in the order in which a scheduler may add them: the most telling (the latest) first. @throws RONDO_SPLIT_INVALID */
  split(request: SplitRequest): readonly Fold[]
}

export const SPLITTER = token<Splitter>('splitter')
