import { type ModelShapes, RondoError } from '@rondo/core'

/** Bytes of weights above which a model is refused before anything is allocated. */
const LARGEST_WEIGHTS = 512 * 2 ** 20

/** The number of weights of stacked LSTM layers and the output layer. */
export function countWeights(unitsByLayer: readonly number[], shapes: ModelShapes): number {
  let inputs = shapes.features
  let count = 0
  for (const units of unitsByLayer) {
    count += 4 * units * (inputs + units + 1)
    inputs = units
  }
  return count + shapes.outputs * (inputs + 1)
}

/**
 * Refuses a model whose weights alone, held once as weights, once as gradient and twice by the optimizer, leave no
 * room in WASM's memory.
 *
 * @throws RONDO_MODEL_TOO_LARGE
 */
export function requireFittingSize(unitsByLayer: readonly number[], shapes: ModelShapes): void {
  const bytes = 4 * countWeights(unitsByLayer, shapes)
  if (bytes <= LARGEST_WEIGHTS) return
  throw new RondoError('RONDO_MODEL_TOO_LARGE', {
    message: `LSTM layers of ${unitsByLayer.join(', ')} units have ${bytes} bytes of weights; at most ${LARGEST_WEIGHTS} can be trained.`,
    value: bytes,
    place: { param: 'units' },
  })
}
