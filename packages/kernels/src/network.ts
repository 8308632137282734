/** An activation of a layer, named as in Keras. */
export type Activation = 'linear' | 'tanh' | 'sigmoid' | 'relu' | 'hardSigmoid' | 'softmax'

/**
 * A long short-term memory, as `tf.layers.lstm`. Weights: `kernel [features, 4·units]`, `recurrentKernel
 * [units, 4·units]` and `bias [4·units]`, gates in the order i, f, c, o.
 */
export interface LstmLayer {
  readonly kind: 'lstm'
  readonly units: number
  /** Default `tanh`. */
  readonly activation?: Activation
  /** Default `hardSigmoid`, as in tfjs. */
  readonly recurrentActivation?: Activation
  /** Default true. */
  readonly useBias?: boolean
  /** Gives the output of each step, `[batch, steps, units]`, instead of the last one's. Default false. */
  readonly returnSequences?: boolean
  /** Share of the inputs set to 0, the same ones in every step. 0 … 1, 1 excluded; default 0. */
  readonly dropout?: number
  /** Share of the states set to 0 on their way to the next step, the same ones in every step. Default 0. */
  readonly recurrentDropout?: number
}

/**
 * A gated recurrent unit, as `tf.layers.gru` (the reset gate before the product). Weights: `kernel [features, 3·units]`,
 * `recurrentKernel [units, 3·units]` and `bias [3·units]`, in the order update, reset, candidate.
 */
export interface GruLayer extends Omit<LstmLayer, 'kind'> {
  readonly kind: 'gru'
}

/**
 * A recurrent layer that reads its sequence from both ends, as `tf.layers.bidirectional` with `mergeMode: 'concat'`:
 * outputs `[…, 2·units]`, those of the reading from the start first. Weights: those of the layer twice.
 */
export interface BidirectionalLayer {
  readonly kind: 'bidirectional'
  readonly layer: LstmLayer | GruLayer
}

/** A fully connected layer, as `tf.layers.dense`: weights `kernel [features, units]`, `bias [units]`. */
export interface DenseLayer {
  readonly kind: 'dense'
  readonly units: number
  /** Default `linear`. */
  readonly activation?: Activation
  /** Default true. */
  readonly useBias?: boolean
}

/** Sets a share of its inputs to 0 in training and scales the others by 1/(1 − rate), as `tf.layers.dropout`. */
export interface DropoutLayer {
  readonly kind: 'dropout'
  readonly rate: number
}

export type Layer = LstmLayer | GruLayer | BidirectionalLayer | DenseLayer | DropoutLayer

/** Values that a layer gives for a sample, or for each of its steps; undefined where it gives as many as it takes. */
export function widthOf(layer: Layer): number | undefined {
  if (layer.kind === 'dropout') return undefined
  return layer.kind === 'bidirectional' ? 2 * layer.layer.units : layer.units
}

/** What a model is: inputs `[batch, steps, features]`, and layers one behind the other. */
export interface Network {
  readonly steps: number
  readonly features: number
  readonly layers: readonly Layer[]
}

/**
 * Mean over samples (weighted, where samples have weights) and outputs. Cross-entropies need a last layer with
 * `sigmoid` or `softmax` and are computed from its logits.
 */
export type Loss =
  | { readonly name: 'mse' | 'mae' | 'binaryCrossentropy' | 'categoricalCrossentropy' }
  | { readonly name: 'huber'; readonly delta: number }
  /** Output n is the quantile `quantiles[n mod q]` of target n, of q quantiles. */
  | { readonly name: 'pinball'; readonly quantiles: readonly number[] }

/** An update rule; constants and defaults as in Keras. */
export type Optimizer =
  | { readonly name: 'sgd'; readonly momentum?: number }
  | { readonly name: 'adam'; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number }
  | {
      readonly name: 'adamw'
      readonly beta1?: number
      readonly beta2?: number
      readonly epsilon?: number
      readonly weightDecay?: number
    }
  | { readonly name: 'rmsprop'; readonly rho?: number; readonly epsilon?: number }

/** What becomes of a gradient: penalty, clipping, update rule. */
export interface UpdateRecipe {
  readonly optimizer: Optimizer
  readonly learningRate: number
  /** Scales the gradient of all weights together to at most this Euclidean norm. */
  readonly clipNorm?: number
  /** Cuts each component of the gradient to ± this, after `clipNorm`. */
  readonly clipValue?: number
  /** λ of the penalty λ·Σw² over kernels and recurrent kernels. The penalty is no part of the losses returned. */
  readonly l2?: number
}

/** How a network is trained. */
export interface Recipe extends UpdateRecipe {
  readonly loss: Loss
}
