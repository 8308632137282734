import { type BuildRequest, type BuiltModel, deriveRng, type ModelShapes } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { type LstmHyperparameters, type LstmOptions, readHyperparameters } from './hyperparameters.ts'
import { orthogonal } from './orthogonal.ts'
import { recipeOf } from './recipe.ts'
import { requireFittingSize } from './size.ts'

type Tf = typeof tfjs

/**
 * Stacked LSTM layers, each with dropout behind it, and a dense output that fits the task.
 *
 * @throws RONDO_MODEL_INVALID, RONDO_MODEL_TOO_LARGE, RONDO_TASK_MISMATCH
 */
export async function buildLstm(
  { params, shapes, seed }: BuildRequest,
  options: LstmOptions,
): Promise<BuiltModel<tfjs.LayersModel>> {
  const values = readHyperparameters(params, options)
  const recipe = recipeOf(values, shapes)
  requireFittingSize(values.unitsByLayer, shapes)
  // Whoever composes a study without training it does not load tfjs.
  const tf = await import('@tensorflow/tfjs')
  const model = tf.sequential({ name: 'lstm' })
  // tfjs leaves the parts that it puts the first biases together from.
  tf.tidy(() => addLayers(tf, model, { values, shapes, seed, loss: recipe.loss.name }))
  return { model, recipe }
}

interface Plan {
  readonly values: LstmHyperparameters
  readonly shapes: ModelShapes
  readonly seed: BuildRequest['seed']
  readonly loss: string
}

function addLayers(tf: Tf, model: tfjs.Sequential, { values, shapes, seed, loss }: Plan): void {
  const inputShape = [shapes.steps, shapes.features]
  // With explicit names the saved model does not depend on what the process has built before.
  if (shapes.ragged) model.add(tf.layers.masking({ name: 'masking', maskValue: 0, inputShape }))
  values.unitsByLayer.forEach((units, i) => {
    const number = i + 1
    const name = `lstm_${number}`
    model.add(
      tf.layers.lstm({
        name,
        ...(i === 0 && !shapes.ragged ? { inputShape } : {}),
        units,
        activation: values.activation,
        recurrentActivation: values.recurrentActivation,
        recurrentDropout: values.recurrentDropout,
        kernelInitializer: tf.initializers.glorotUniform({ seed: seed(`${name}/kernel`) }),
        recurrentInitializer: orthogonalInitializer(tf, seed(`${name}/recurrent_kernel`)),
        biasInitializer: 'zeros',
        unitForgetBias: true,
        returnSequences: number < values.unitsByLayer.length,
      }),
    )
    model.add(tf.layers.dropout({ name: `dropout_${number}`, rate: values.dropout }))
  })
  model.add(
    tf.layers.dense({
      name: 'output',
      units: shapes.outputs,
      activation: outputActivation(loss),
      kernelInitializer: tf.initializers.glorotUniform({ seed: seed('output/kernel') }),
    }),
  )
  setForgetBias(tf, model, values)
}

function outputActivation(loss: string): 'linear' | 'sigmoid' | 'softmax' {
  if (loss === 'binaryCrossentropy') return 'sigmoid'
  return loss === 'categoricalCrossentropy' ? 'softmax' : 'linear'
}

/**
 * tfjs's own orthogonal initializer, so that the saved model names it, with its values computed here: its QR
 * decomposition takes seconds at 128 units and more.
 */
function orthogonalInitializer(tf: Tf, seed: number): ReturnType<Tf['initializers']['orthogonal']> {
  const initializer = tf.initializers.orthogonal({ seed })
  initializer.apply = (shape) => {
    const [rows, columns] = shape as [number, number]
    return tf.tensor2d(orthogonal(rows, columns, deriveRng({ seed, purpose: 'orthogonal' })), [rows, columns])
  }
  return initializer
}

/** tfjs begins with a forget bias of 1; any other is set here. */
function setForgetBias(
  tf: Tf,
  model: tfjs.LayersModel,
  { forgetBias, unitsByLayer }: LstmHyperparameters,
): void {
  if (forgetBias === 1) return
  unitsByLayer.forEach((units, i) => {
    const layer = model.getLayer(`lstm_${i + 1}`)
    const [kernel, recurrentKernel] = layer.getWeights()
    // Gates lie in the order input, forget, cell, output.
    const bias = tf.tensor1d(new Float32Array(4 * units).fill(forgetBias, units, 2 * units))
    layer.setWeights([kernel!, recurrentKernel!, bias])
  })
}
