import { token } from '../composition/token.ts'
import type { Params, SpaceDefinition } from '../space/hyperparameter.ts'
import type { Space } from '../space/space.ts'
import type { DatasetDescription, TaskKind } from './dataset.ts'
import type { PriorMean } from './prior-mean.ts'

/** How a model is trained, as data: everything but the layers. It is JSON. */
export interface Recipe {
  readonly loss: Loss
  readonly optimizer: OptimizerRecipe
  /** At the first update; callbacks may change it. */
  readonly learningRate: number
  readonly batchSize: number
  /** Scales the gradient of all weights together to at most this Euclidean norm. */
  readonly clipNorm?: number
  /** Cuts each component of the gradient to ± this. */
  readonly clipValue?: number
  /** λ in the penalty λ·Σw² over kernels (biases excepted), added to the loss. */
  readonly l2?: number
}

/** Mean over samples and outputs, computed from logits where a probability is predicted. */
export type Loss =
  | { readonly name: 'mse' | 'mae' | 'binaryCrossentropy' | 'categoricalCrossentropy' }
  | { readonly name: 'huber'; readonly delta: number }
  | { readonly name: 'pinball'; readonly quantiles: readonly number[] }

/** The update rule with its constants, named as in Keras. */
export type OptimizerRecipe =
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

/** What a builder needs to know of the data. */
export interface ModelShapes {
  readonly task: TaskKind
  /** Inputs are `[batch, steps, features]`. */
  readonly steps: number
  readonly features: number
  /** Outputs are `[batch, outputs]`. */
  readonly outputs: number
  /** The shares that the outputs of each target are quantiles for, where they are asked for. */
  readonly quantiles?: readonly number[]
  /** Whether sequences of a batch differ in length. */
  readonly ragged: boolean
}

/** What a builder is asked. */
export interface BuildRequest {
  readonly params: Params
  readonly shapes: ModelShapes
  /** A 32-bit seed for what is named, the same for the same trial and fold: `lstm_1/kernel`, say. */
  readonly seed: (purpose: string) => number
}

/** Params + shapes → a model, and its recipe as data. `Model` is a tfjs `LayersModel` for trainer-tfjs. */
export interface ModelBuilder<Model = unknown> {
  readonly name: string
  /** The hyperparameters that it reads. */
  readonly hyperparameters: readonly string[]
  /** The batch size of params, where it is known without building: schedulers count updates by it. */
  batchSize?(params: Params): number
  /** A space that suits the data: by rows, features and task. */
  space(description: DatasetDescription): SpaceDefinition
  /**
   * What it expects of the params of a study's space, where other data has taught it: a strategy may begin with that. The
   * defaults of the space say what suits the data. It must be a function of its arguments, so that a replay comes to the same.
   */
  priorMean?(space: Space): PriorMean
  /**
   * Whether values can be taken, for this data where it is given: asked about the ends of ranges and about the untuned
   * default before a study is begun. The others are the builder's own defaults.
   * @throws RONDO_MODEL_INVALID, or RONDO_TASK_MISMATCH naming the hyperparameter
   */
  check?(params: Params, data?: DatasetDescription): void
  /**
   * The model is uncompiled and of tfjs's own classes only, so that any tfjs program loads it.
   * @throws RONDO_MODEL_INVALID
   */
  build(request: BuildRequest): BuiltModel<Model> | Promise<BuiltModel<Model>>
}

/** A model with the recipe of its training. */
export interface BuiltModel<Model = unknown> {
  readonly model: Model
  readonly recipe: Recipe
}

export const MODEL_BUILDER = token<ModelBuilder>('model-builder')
