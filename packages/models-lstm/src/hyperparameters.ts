import { type Params, RondoError } from '@rondo/core'
import { z } from 'zod'
import { INITIALIZERS } from './initializer.ts'

/** The most layers that a model can have. */
const MAX_LAYERS = 8

const activation = z.enum(['tanh', 'relu', 'sigmoid', 'linear', 'hardSigmoid', 'elu', 'selu', 'softsign'])
const units = z.int().min(1)

/** Every hyperparameter of the model with its range, as Keras names it. */
export const lstmSchema = z.object({
  /** What every recurrent layer consists of. */
  cell: z.enum(['lstm', 'gru']).default('lstm'),
  /** Whether every recurrent layer reads its sequence from both ends, each with its own units. */
  bidirectional: z.boolean().default(false),
  /** Stacked recurrent layers, 1 … 8. */
  layers: z.int().min(1).max(MAX_LAYERS).default(1),
  /** Units of every layer that has none of its own (`units[1]`, `units[2]`, …). */
  units: units.default(64),
  /** Rate of the dropout layer behind every recurrent layer, in [0, 1). */
  dropout: z.number().min(0).lt(1).default(0),
  /** Dropout on the recurrent state, the same mask for all steps of a sequence, in [0, 1). */
  recurrentDropout: z.number().min(0).lt(1).default(0),
  /** Whether the outputs of every recurrent layer are normalised over its units (Ba et al., 2016). */
  layerNormalization: z.boolean().default(false),
  /** Units of a dense layer before the output; 0: none. */
  headUnits: z.int().min(0).default(0),
  headActivation: activation.default('relu'),
  /** Of candidate and output. */
  activation: activation.default('tanh'),
  /** Of the gates. */
  recurrentActivation: z.enum(['sigmoid', 'hardSigmoid']).default('sigmoid'),
  /** What the bias of the forget gates begins with; 1 lets a new model remember (Jozefowicz et al., 2015). */
  forgetBias: z.number().default(1),
  /** The same of the other two gates of an LSTM. */
  inputBias: z.number().default(0),
  outputBias: z.number().default(0),
  /** The same of the gates of a GRU; above 0 the update gate keeps more of the state. */
  updateBias: z.number().default(0),
  resetBias: z.number().default(0),
  /** Of what reads the inputs, dense layers included. */
  kernelInitializer: z.enum(INITIALIZERS).default('glorotUniform'),
  /** Of what reads the state of the step before. */
  recurrentInitializer: z.enum(INITIALIZERS).default('orthogonal'),
  optimizer: z.enum(['adam', 'adamw', 'rmsprop', 'sgd']).default('adam'),
  learningRate: z.number().gt(0).default(1e-3),
  /**
   * Whether `learningRate` is used as it is for every batch size, or is that of batches of 32 and used times
   * √(batchSize / 32): steps of larger batches are less noisy, and there are fewer of them.
   */
  learningRateScale: z.enum(['none', 'sqrt']).default('none'),
  /** Of `sgd`. */
  momentum: z.number().min(0).lt(1).default(0.9),
  /** Of `adamw`. */
  weightDecay: z.number().min(0).default(0.004),
  /** The Euclidean norm that the gradient is scaled down to; 0 does not clip. */
  clipNorm: z.number().min(0).default(1),
  /** What each component of the gradient is cut to; 0 does not cut. */
  clipValue: z.number().min(0).default(0),
  /** λ of the penalty λ·Σw² over kernels. */
  l2: z.number().min(0).default(0),
  /** By task where absent: `mse`, or cross-entropy for classes. */
  loss: z
    .enum(['mse', 'mae', 'huber', 'pinball', 'binaryCrossentropy', 'categoricalCrossentropy'])
    .optional(),
  /** Where the Huber loss turns from square to linear, in units of the scaled target. */
  huberDelta: z.number().gt(0).default(1),
  /** Of the pinball loss. */
  quantile: z.number().gt(0).lt(1).default(0.5),
  batchSize: z.int().min(1).default(32),
})

/** Values for hyperparameters that the space leaves out. */
export type LstmOptions = z.input<typeof lstmSchema>

/** The values of one trial, complete. */
export interface LstmHyperparameters extends z.output<typeof lstmSchema> {
  /** Units by layer. */
  readonly unitsByLayer: readonly number[]
}

/** The name of the units of one layer, `units[1]` for the first. */
const unitsOf = (layer: number): string => `units[${layer}]`

/** All names that the builder reads. */
export const hyperparameterNames: readonly string[] = [
  ...Object.keys(lstmSchema.shape),
  ...Array.from({ length: MAX_LAYERS }, (_, i) => unitsOf(i + 1)),
]

/**
 * The trial's values over the builder's options over the defaults.
 *
 * @throws RONDO_MODEL_INVALID naming the param.
 */
export function readHyperparameters(params: Params, options: LstmOptions): LstmHyperparameters {
  const parsed = lstmSchema.safeParse({ ...options, ...params })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw invalid(String(issue.path[0]), params, issue.message)
  }
  const unitsByLayer = Array.from({ length: parsed.data.layers }, (_, i) => {
    const own = units.safeParse(params[unitsOf(i + 1)] ?? parsed.data.units)
    if (!own.success) throw invalid(unitsOf(i + 1), params, own.error.issues[0]!.message)
    return own.data
  })
  return { ...parsed.data, unitsByLayer }
}

function invalid(param: string, params: Params, message: string): RondoError {
  const value = params[param]
  return new RondoError('RONDO_MODEL_INVALID', {
    message: `The LSTM cannot take ${param} = ${JSON.stringify(value)}: ${message}.`,
    ...(value === undefined ? {} : { value }),
    place: { param },
  })
}
