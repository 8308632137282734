import { type PreparedFold, type Recipe, RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { StepParts } from './step-parts.ts'

/** Samples evaluated at a time, unless the training batch is larger. */
export const EVALUATION_BATCH = 256

/**
 * Bytes of WASM memory that training through tfjs takes at its highest, from the model's shapes. tfjs keeps every
 * intermediate of a batch until its gradient is there; for an LSTM layer these come to about 40 floats a unit, step and
 * sample (measured with `tf.memory()`), for any other layer to about 6 an output.
 */
export function estimateBytes(model: tfjs.LayersModel, recipe: Recipe, data: PreparedFold): number {
  const batch = Math.max(recipe.batchSize, EVALUATION_BATCH / 4)
  const weights = model.countParams()
  let activations = 3 * batch * data.window * data.features
  for (const layer of model.layers) {
    if (layer.getClassName() === 'InputLayer') continue
    if (layer.getClassName() === 'LSTM') {
      activations += 40 * batch * data.window * (layer as unknown as { cell: { units: number } }).cell.units
      continue
    }
    const shape = (Array.isArray(layer.outputShape[0]) ? layer.outputShape[0] : layer.outputShape) as (
      | number
      | null
    )[]
    activations += 6 * batch * shape.slice(1).reduce<number>((size, n) => size * (n ?? data.window), 1)
  }
  // Weights and their gradient, the gradient of one step's product among them.
  return 4 * (3 * weights + activations + data.series.length + data.targets.length)
}

/** @throws RONDO_MODEL_TOO_LARGE */
export function requireMemory({ model, recipe, data, memoryMb, trial }: StepParts): void {
  const bytes = estimateBytes(model, recipe, data)
  if (bytes <= memoryMb * 2 ** 20) return
  throw new RondoError('RONDO_MODEL_TOO_LARGE', {
    message: `Training this model with batches of ${recipe.batchSize} windows of ${data.window} steps takes about ${bytes} bytes; ${memoryMb * 2 ** 20} are allowed.`,
    value: bytes,
    place: { trial },
  })
}
