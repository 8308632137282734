import {
  type BuildRequest,
  type BuiltModel,
  choice,
  definePlugin,
  float,
  int,
  type Loss,
  MODEL_BUILDER,
  type ModelBuilder,
  type ModelShapes,
  type Params,
  type Plugin,
  RondoError,
  type SpaceDefinition,
} from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'

const space = {
  window: choice([14, 28]),
  patch: choice([7, 1, 14]),
  filters: int(4, 32, { log: true, default: 16 }),
  units: int(16, 128, { log: true, default: 32 }),
  dropout: float(0, 0.4, { default: 0.1 }),
  learningRate: float(3e-4, 3e-2, { log: true, default: 3e-3 }),
  batchSize: choice([32, 64]),
} satisfies SpaceDefinition

/**
 * A model without recurrence: the window is cut into patches of equal length, one dense layer shared by all of them
 * reads each (a convolution whose stride is its width), and another one reads the lot.
 */
export const patches = (): Plugin<ModelBuilder> =>
  definePlugin({
    name: 'patches',
    provides: MODEL_BUILDER,
    scope: 'study',
    create: () => ({
      name: 'patches',
      hyperparameters: ['patch', 'filters', 'units', 'dropout', 'learningRate', 'batchSize'],
      space: ({ sequential }) => {
        const { window, ...others } = space
        return sequential ? { window, ...others } : others
      },
      build,
    }),
  })

async function build({ params, shapes, seed }: BuildRequest): Promise<BuiltModel<tfjs.LayersModel>> {
  const { steps, features, outputs } = shapes
  const patch = largestDivisor(steps, number(params, 'patch'))
  const loss = lossOf(shapes)
  // Only a process that trains loads tfjs.
  const tf = await import('@tensorflow/tfjs')
  const weights = (name: string) => tf.initializers.glorotUniform({ seed: seed(`${name}/kernel`) })
  const model = tf.sequential({
    name: 'patches',
    layers: [
      tf.layers.reshape({
        name: 'cut',
        inputShape: [steps, features],
        targetShape: [steps / patch, patch * features],
      }),
      tf.layers.dense({
        name: 'filters',
        units: number(params, 'filters'),
        activation: 'relu',
        kernelInitializer: weights('filters'),
      }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dropout({ name: 'dropout', rate: number(params, 'dropout') }),
      tf.layers.dense({
        name: 'hidden',
        units: number(params, 'units'),
        activation: 'relu',
        kernelInitializer: weights('hidden'),
      }),
      tf.layers.dense({
        name: 'output',
        units: outputs,
        activation: activationFor(loss),
        kernelInitializer: weights('output'),
      }),
    ],
  })
  return {
    model,
    recipe: {
      loss,
      optimizer: { name: 'adam' },
      learningRate: number(params, 'learningRate'),
      batchSize: number(params, 'batchSize'),
      clipNorm: 1,
    },
  }
}

function number(params: Params, name: keyof typeof space): number {
  const parameter = space[name]
  const value = params[name] ?? (parameter.type === 'choice' ? parameter.values[0] : parameter.default)
  if (typeof value === 'number' && value >= 0) return value
  throw new RondoError('RONDO_MODEL_INVALID', {
    message: `${name} is to be a number of at least 0.`,
    value: value ?? null,
    place: { param: name },
  })
}

/** The largest number up to `most` that divides `steps`. */
function largestDivisor(steps: number, most: number): number {
  let divisor = Math.max(1, Math.min(steps, Math.floor(most)))
  while (steps % divisor !== 0) divisor--
  return divisor
}

function lossOf({ task, outputs }: ModelShapes): Loss {
  if (task !== 'classify') return { name: 'mse' }
  return { name: outputs === 1 ? 'binaryCrossentropy' : 'categoricalCrossentropy' }
}

function activationFor({ name }: Loss): 'linear' | 'sigmoid' | 'softmax' {
  if (name === 'binaryCrossentropy') return 'sigmoid'
  return name === 'categoricalCrossentropy' ? 'softmax' : 'linear'
}
