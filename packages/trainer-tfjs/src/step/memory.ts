import { type PreparedFold, type Recipe, RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { LstmLayer } from './lstm-layer.ts'
import type { StepParts } from './step-parts.ts'

/** Samples evaluated at a time, unless the training batch is larger. */
export const EVALUATION_BATCH = 128

/**
 * Bytes of WASM memory that training through tfjs takes at its highest, from the model's shapes. tfjs keeps every
 * intermediate of a batch until its gradient is there: for an LSTM layer about 80 floats a unit, step and sample (as the
 * growth of the heap shows) and for each step a gradient of the recurrent kernel; for any other layer about 6 an output.
 * An evaluation keeps less than half of that a sample.
 */
export function estimateBytes(model: tfjs.LayersModel, recipe: Recipe, data: PreparedFold): number {
  const batch = Math.max(recipe.batchSize, EVALUATION_BATCH / 2)
  const weights = model.countParams()
  let activations = 3 * batch * data.window * data.features
  for (const layer of model.layers) {
    if (layer.getClassName() === 'InputLayer') continue
    if (layer.getClassName() === 'LSTM') {
      const { units } = (layer as LstmLayer).cell
      activations += data.window * units * (80 * batch + 4 * units)
      continue
    }
    const shape = (Array.isArray(layer.outputShape[0]) ? layer.outputShape[0] : layer.outputShape) as (
      | number
      | null
    )[]
    activations += 6 * batch * shape.slice(1).reduce<number>((size, n) => size * (n ?? data.window), 1)
  }
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
