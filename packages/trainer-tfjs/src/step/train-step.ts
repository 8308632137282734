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

/** The gates of an LSTM layer over the last evaluated samples. */
export interface GateTelemetry {
  readonly layer: string
  readonly gate: 'input' | 'forget' | 'output'
  readonly mean: number
  /** Share of activations below .05 or above .95. */
  readonly saturated: number
}

/**
 * One model in training on one prepared fold. The weights lie in the model's own tensors; everything else that a
 * further update depends on is in {@link TrainStep.snapshot}, the learning rate and the dropout rate excepted, which
 * belong to whoever sets them.
 */
export interface TrainStep {
  readonly kind: 'tfjs' | 'compiled'
  readonly learningRate: number
  /** One update on one batch. `update` counts from 0 over the whole fold and addresses the dropout masks. */
  train(batch: Samples, update: number): LossSum
  /** Outputs `[n, outputs]` and their loss, without dropout. */
  evaluate(batch: Samples): LossSum & { readonly outputs: Float32Array }
  /** Outputs `[n, outputs]`, probabilities where the task has classes. */
  predict(batch: Samples): Float32Array
  setLearningRate(learningRate: number): void
  /** Sets the rate of every dropout layer, and of the input dropout of LSTM layers that have one. */
  setDropout(rate: number): void
  /** The optimizer's state. */
  snapshot(): Uint8Array
  /** @throws RONDO_CHECKPOINT_INVALID */
  restore(bytes: Uint8Array): void
  telemetry?(): readonly GateTelemetry[]
  /** Gives back everything but the model. */
  dispose(): void
}
