import { type ModelShapes, RondoError } from '@rondo/core'
import type { LstmHyperparameters } from './hyperparameters.ts'

/** Bytes of weights above which a model is refused before anything is allocated. */
const LARGEST_WEIGHTS = 512 * 2 ** 20

/** The number of weights of stacked recurrent layers and the dense layers behind them. */
export function countWeights(values: LstmHyperparameters, shapes: ModelShapes): number {
  const gates = values.cell === 'gru' ? 3 : 4
  const directions = values.bidirectional ? 2 : 1
  let inputs = shapes.features
  let count = 0
  for (const units of values.unitsByLayer) {
    count += directions * gates * units * (inputs + units + 1)
    inputs = directions * units
    if (values.layerNormalization) count += 2 * inputs
  }
  if (values.headUnits > 0) {
    count += values.headUnits * (inputs + 1)
    inputs = values.headUnits
  }
  return count + shapes.outputs * (inputs + 1)
}

/**
 * Refuses a model whose weights alone, held once as weights, once as gradient and twice by the optimizer, leave no
 * room in WASM's memory.
 *
 * @throws RONDO_MODEL_TOO_LARGE
 */
export function requireFittingSize(values: LstmHyperparameters, shapes: ModelShapes): void {
  const bytes = 4 * countWeights(values, shapes)
  if (bytes <= LARGEST_WEIGHTS) return
  throw new RondoError('RONDO_MODEL_TOO_LARGE', {
    message: `${values.cell.toUpperCase()} layers of ${values.unitsByLayer.join(', ')} units have ${bytes} bytes of weights; at most ${LARGEST_WEIGHTS} can be trained.`,
    value: bytes,
    place: { param: 'units' },
  })
}
