import { type PreparedFold, type Recipe, RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { type BidirectionalLayer, isRecurrent, type RecurrentLayer } from './recurrent-layer.ts'
import type { StepParts } from './step-parts.ts'

/** Samples evaluated at a time, unless the training batch is larger. */
export const EVALUATION_BATCH = 128

/**
 * Bytes of WASM memory that training through tfjs takes at its highest, from the model's shapes. tfjs keeps every
 * intermediate of a batch until its gradient is there: for a recurrent layer about 80 floats a unit, step and sample (as the
 * growth of the heap shows) and for each step a gradient of the recurrent kernel; for any other layer about 6 an output.
 * An evaluation keeps less than half of that a sample.
 */
function estimateBytes(model: tfjs.LayersModel, recipe: Recipe, data: PreparedFold): number {
  const batch = Math.max(recipe.batchSize, EVALUATION_BATCH / 2)
  const weights = model.countParams()
  let activations = 3 * batch * data.window * data.features
  for (const layer of model.layers) {
    if (layer.getClassName() === 'InputLayer') continue
    const recurrent = recurrentLayers(layer)
    for (const { cell } of recurrent) activations += data.window * cell.units * (80 * batch + 4 * cell.units)
    if (recurrent.length > 0) continue
    const shape = (Array.isArray(layer.outputShape[0]) ? layer.outputShape[0] : layer.outputShape) as (
      | number
      | null
    )[]
    activations += 6 * batch * shape.slice(1).reduce<number>((size, n) => size * (n ?? data.window), 1)
  }
  return 4 * (3 * weights + activations + data.series.length + data.targets.length)
}

function recurrentLayers(layer: tfjs.layers.Layer): readonly RecurrentLayer[] {
  const className = layer.getClassName()
  if (isRecurrent(className)) return [layer as RecurrentLayer]
  if (className !== 'Bidirectional') return []
  const { forwardLayer, backwardLayer } = layer as BidirectionalLayer
  return [forwardLayer, backwardLayer]
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
