import type { BuildRequest, BuiltModel, ModelShapes } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { type LstmHyperparameters, type LstmOptions, readHyperparameters } from './hyperparameters.ts'
import { initializer } from './initializer.ts'
import { recipeOf } from './recipe.ts'
import { addRecurrent } from './recurrent.ts'
import { requireFittingSize } from './size.ts'

/** The whole of tfjs, as imported. */
export type Tf = typeof tfjs

/** What a model's layers are made of. */
export interface Plan {
  readonly values: LstmHyperparameters
  readonly shapes: ModelShapes
  readonly seed: BuildRequest['seed']
  readonly loss: string
}

/**
 * Stacked LSTM or GRU layers, each with dropout behind it, perhaps a dense layer, and a dense output that fits the task.
 *
 * @throws RONDO_MODEL_INVALID, RONDO_MODEL_TOO_LARGE, RONDO_TASK_MISMATCH
 */
export async function buildLstm(
  { params, shapes, seed }: BuildRequest,
  options: LstmOptions,
): Promise<BuiltModel<tfjs.LayersModel>> {
  const values = readHyperparameters(params, options)
  const recipe = recipeOf(values, shapes)
  requireFittingSize(values, shapes)
  // Whoever composes a study without training it does not load tfjs.
  const tf = await import('@tensorflow/tfjs')
  const model = tf.sequential({ name: 'lstm' })
  // tfjs leaves the parts that it puts the first biases together from.
  tf.tidy(() => addLayers(tf, model, { values, shapes, seed, loss: recipe.loss.name }))
  return { model, recipe }
}

function addLayers(tf: Tf, model: tfjs.Sequential, plan: Plan): void {
  const { values, shapes, seed, loss } = plan
  const inputShape = [shapes.steps, shapes.features]
  // With explicit names the saved model does not depend on what the process has built before.
  if (shapes.ragged) model.add(tf.layers.masking({ name: 'masking', maskValue: 0, inputShape }))
  for (let number = 1; number <= values.unitsByLayer.length; number++) {
    addRecurrent(tf, model, plan, number)
    if (values.layerNormalization)
      model.add(tf.layers.layerNormalization({ name: `normalization_${number}` }))
    model.add(tf.layers.dropout({ name: `dropout_${number}`, rate: values.dropout }))
  }
  if (values.headUnits > 0) {
    model.add(
      tf.layers.dense({
        name: 'head',
        units: values.headUnits,
        activation: values.headActivation,
        kernelInitializer: initializer(tf, values.kernelInitializer, seed('head/kernel')),
      }),
    )
  }
  model.add(
    tf.layers.dense({
      name: 'output',
      units: shapes.outputs,
      activation: outputActivation(loss),
      kernelInitializer: initializer(tf, values.kernelInitializer, seed('output/kernel')),
    }),
  )
}

function outputActivation(loss: string): 'linear' | 'sigmoid' | 'softmax' {
  if (loss === 'binaryCrossentropy') return 'sigmoid'
  return loss === 'categoricalCrossentropy' ? 'softmax' : 'linear'
}
