import type { Objective, Params } from '@rondo/core'

/** What was measured after an epoch, the mean over folds. */
export interface EpochMeasures {
  /** From 1. */
  readonly epoch: number
  /** Loss on the train rows, averaged over the epoch, dropout on; NaN where it diverged. */
  readonly loss?: number
  /** The same loss on the validation rows. */
  readonly validationLoss?: number
  /** The objective's metric on the validation rows. */
  readonly value: number
  /** Euclidean norm of the gradient before clipping, the mean over the epoch's updates. */
  readonly gradientNorm?: number
}

/** How far one gate of one LSTM layer opened over the validation samples. */
export interface GateReading {
  /** The layer's place in the model. */
  readonly layer: number
  readonly gate: 'input' | 'forget' | 'output'
  readonly mean: number
  /** Share of its values below .05. */
  readonly closed: number
  /** Share above .95. */
  readonly open: number
}

/** One training as rules of advice see it. */
export interface TrainingRun {
  readonly params: Params
  readonly objective: Objective
  /** In order, without gaps. */
  readonly epochs: readonly EpochMeasures[]
  /** The epochs that it could have had. */
  readonly epochLimit: number
  /** Whether training ended because the loss was no number. */
  readonly diverged: boolean
  readonly gates?: readonly GateReading[]
  /** Whether callbacks stop training early when nothing improves. */
  readonly stopsEarly?: boolean
}
