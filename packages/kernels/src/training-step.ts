import type { Numerics } from './module.ts'

/** Samples as rows of flat arrays: no window is ever written out. */
export interface TrainingData {
  /** `[rows, features]`, row after row. */
  readonly series: Float32Array
  /** `[targetRows, outputs]`. */
  readonly targets: Float32Array
  /** Steps of the sequence of each target row, where they differ: from then on its inputs are not read. */
  readonly lengths?: Int32Array
  /** The weight of each target row in the loss. */
  readonly weights?: Float32Array
}

/** What a pass over samples gives. The mean loss is `lossSum / weight`. */
export interface LossResult {
  /** Σ of the samples' losses, each with its weight, without penalties. */
  readonly lossSum: number
  /** Σ of the samples' weights: their number where they have none. */
  readonly weight: number
}

/** Loss of some samples, with the outputs behind it. */
export interface Evaluation extends LossResult {
  /** `[n, outputs]`. */
  readonly outputs: Float32Array
}

/** What an update gives besides its loss. */
export interface UpdateResult extends LossResult {
  /** Euclidean norm of the whole gradient, penalty included, before clipping. NaN or infinite where it diverged. */
  readonly gradientNorm: number
}

/** A gate's values over samples, steps and units. */
export interface GateTelemetry {
  readonly mean: number
  /** Share below .05. */
  readonly closed: number
  /** Share above .95. */
  readonly open: number
}

/** The gates of one LSTM. */
export interface LayerTelemetry {
  /** The layer's place in the network. */
  readonly layer: number
  readonly input: GateTelemetry
  readonly forget: GateTelemetry
  readonly output: GateTelemetry
}

/** A weight's name (`lstm_0/kernel`) and shape, in the order in which weights go in and out. */
export interface WeightDescription {
  readonly name: string
  readonly shape: readonly number[]
}

/** A network compiled into a sequence of kernel calls over one stretch of memory. */
export interface TrainingStep {
  readonly numerics: Numerics
  readonly weightDescriptions: readonly WeightDescription[]
  /** Bytes of working memory, data excluded. */
  readonly bytes: number
  readonly learningRate: number
  /** Copies the data in; replaces what was there. @throws RONDO_KERNEL_INVALID, RONDO_KERNEL_MEMORY */
  load(data: TrainingData): void
  /**
   * One update: forward, loss, backward, clipping, optimizer. Sample n starts at row `starts[n]` of the series and has
   * row `targets[n]` of the targets. The gradient is that of the weighted mean loss plus penalty.
   *
   * @param stepIndex number of the update, from 0; addresses the dropout masks and counts for Adam's bias correction
   * @throws RONDO_KERNEL_INVALID for rows outside the data, or more samples than a batch holds
   */
  train(starts: Int32Array, targets: Int32Array, stepIndex: number): UpdateResult
  /** Loss and outputs (as of `predict`) without dropout and without an update; any number of samples. */
  evaluate(starts: Int32Array, targets: Int32Array): Evaluation
  /**
   * Outputs `[n, outputs]` without dropout; probabilities where the last layer is `sigmoid` or `softmax`. `targets` is
   * needed only for sequences of different lengths.
   */
  predict(starts: Int32Array, targets?: Int32Array): Float32Array
  setLearningRate(learningRate: number): void
  /** The rate of all dropout layers, and of the input dropout of recurrent layers that have one. 0 ≤ rate < 1. */
  setDropout(rate: number): void
  /** Copies of the weights, in the order of `weightDescriptions`. */
  weights(): Float32Array[]
  setWeights(weights: readonly Float32Array[]): void
  /** Copies of the gradients of the last update, clipped. */
  gradients(): Float32Array[]
  /** Weights, optimizer state, learning rate and dropout rates: all that the next update depends on. */
  snapshot(): Uint8Array
  /** @throws RONDO_KERNEL_INVALID for the snapshot of another network */
  restore(snapshot: Uint8Array): void
  /** Means and saturation of the gates over these samples, without dropout. */
  telemetry(starts: Int32Array, targets?: Int32Array): readonly LayerTelemetry[]
  /** Gives the memory back. */
  dispose(): void
}
