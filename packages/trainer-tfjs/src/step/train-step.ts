/** Samples of a prepared fold: for each its first input row and its target row. */
export interface Samples {
  readonly starts: Int32Array
  readonly targets: Int32Array
}

/** A loss summed over samples, each times its weight, with the sum of the weights; without the L2 penalty. */
export interface LossSum {
  readonly lossSum: number
  readonly weight: number
}

/** The loss of a batch before its update, and how steep it was. */
export interface UpdateResult extends LossSum {
  /** Euclidean norm of the whole gradient, L2 penalty included, before clipping. */
  readonly gradientNorm: number
}

export type GateName = 'input' | 'forget' | 'output'

/** The values of one gate of an LSTM layer over some samples, all their steps and units. */
export interface GateTelemetry {
  /** The layer's place in the model. */
  readonly layer: number
  readonly gate: GateName
  readonly mean: number
  /** Share below .05. */
  readonly closed: number
  /** Share above .95. */
  readonly open: number
}

/**
 * One model in training on one prepared fold. All that a further update depends on is in {@link TrainStep.readWeights}
 * and {@link TrainStep.snapshot}, and in the rates that whoever trains has set.
 */
export interface TrainStep {
  readonly kind: 'tfjs' | 'compiled'
  readonly learningRate: number
  /** One update on one batch. `update` counts from 0 over the whole fold and addresses the dropout masks. */
  train(batch: Samples, update: number): UpdateResult
  /** Outputs `[n, outputs]` and their loss, without dropout. */
  evaluate(batch: Samples): LossSum & { readonly outputs: Float32Array }
  /** Outputs `[n, outputs]`, probabilities where the task has classes. */
  predict(batch: Samples): Float32Array
  setLearningRate(learningRate: number): void
  /** Sets the rate of every dropout layer, and of the input dropout of LSTM layers that have one. */
  setDropout(rate: number): void
  /** A copy of all weights, trainable or not, one after the other in the model's order as 32-bit floats. */
  readWeights(): Uint8Array
  /** @throws RONDO_CHECKPOINT_INVALID */
  writeWeights(weights: Uint8Array): void
  /** The optimizer's state, and whatever else the step keeps. */
  snapshot(): Uint8Array
  /** @throws RONDO_CHECKPOINT_INVALID */
  restore(bytes: Uint8Array): void
  /** How far the gates of the LSTM layers open over these samples, without dropout. */
  telemetry(batch: Samples): readonly GateTelemetry[]
  /** Gives back everything but the model. */
  dispose(): void
}
