import type { Json, Measurement } from '@rondo/core'

/** The weights that a fold saves, with the epoch that they are from. */
export interface KeptWeights {
  /** From 1. */
  readonly epoch: number
  readonly metrics: Measurement['metrics']
  readonly weights: Uint8Array
  /** What these weights give for the validation samples, `[n, outputs]`; nothing where none are validated on. */
  readonly outputs: Float32Array
}

/** Everything that the training of one fold goes on from. */
export interface FoldState {
  readonly fold: number
  /** Epochs that are done. */
  readonly epoch: number
  /** Updates that are done. */
  readonly update: number
  readonly learningRate: number
  /** The rate that a callback has set for the dropout layers. */
  readonly dropout: number | null
  /** Why the fold has ended itself; it has nothing left to do then. */
  readonly ended: string | null
  /** By place among the fold's callbacks. */
  readonly callbacks: readonly { readonly name: string; readonly state: Json }[]
  readonly weights: Uint8Array
  /** State of the optimizer. */
  readonly optimizer: Uint8Array
  /** The metrics of the last epoch. */
  readonly metrics: Measurement['metrics']
  /** Of the last epoch, as in {@link KeptWeights.outputs}. */
  readonly outputs: Float32Array
  /** What a callback asked to keep; absent until one has. */
  readonly best: KeptWeights | null
}

/** What the fold saves: what a callback kept, else what there is. */
export const savedWeights = (state: FoldState): KeptWeights => state.best ?? state
