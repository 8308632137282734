import { RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'

/** A copy of all weights, trainable or not, one after the other in the model's order as 32-bit floats. */
export function readWeights(model: tfjs.LayersModel): Uint8Array {
  return bytesOfArrays(model.getWeights().map((tensor) => tensor.dataSync() as Float32Array))
}

/**
 * Gives a model the weights that {@link readWeights} has copied.
 *
 * @throws RONDO_CHECKPOINT_INVALID where their number is another.
 */
export function writeWeights(tf: Tf, model: tfjs.LayersModel, bytes: Uint8Array): void {
  const tensors = model.getWeights()
  const arrays = splitWeights(
    bytes,
    tensors.map(({ size }) => size),
  )
  tf.tidy(() => {
    model.setWeights(tensors.map(({ shape }, i) => tf.tensor(arrays[i]!, shape)))
  })
}

/** Arrays one after the other, as {@link readWeights} gives them. */
function bytesOfArrays(arrays: readonly Float32Array[]): Uint8Array {
  const whole = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    whole.set(array, at)
    at += array.length
  }
  return new Uint8Array(whole.buffer)
}

/**
 * The inverse of {@link bytesOfArrays}, given the arrays' lengths.
 *
 * @throws RONDO_CHECKPOINT_INVALID where they do not add up to the bytes.
 */
export function splitWeights(bytes: Uint8Array, lengths: readonly number[]): Float32Array[] {
  const expected = 4 * lengths.reduce((sum, length) => sum + length, 0)
  if (bytes.length !== expected) {
    throw new RondoError('RONDO_CHECKPOINT_INVALID', {
      message: `The checkpoint holds ${bytes.length} bytes of weights; this model has ${expected}.`,
      value: bytes.length,
    })
  }
  // The bytes may begin at any offset of their buffer.
  const values = new Float32Array(bytes.slice().buffer)
  let at = 0
  return lengths.map((length) => {
    at += length
    return values.subarray(at - length, at)
  })
}
