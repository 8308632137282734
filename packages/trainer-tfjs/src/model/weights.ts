import { RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'

/** A copy of all weights, trainable or not, one after the other in the model's order as 32-bit floats. */
export function readWeights(model: tfjs.LayersModel): Uint8Array {
  const tensors = model.getWeights()
  const copy = new Float32Array(tensors.reduce((sum, { size }) => sum + size, 0))
  let at = 0
  for (const tensor of tensors) {
    copy.set(tensor.dataSync(), at)
    at += tensor.size
  }
  return new Uint8Array(copy.buffer)
}

/**
 * Gives a model the weights that {@link readWeights} has copied.
 *
 * @throws RONDO_CHECKPOINT_INVALID where their number is another.
 */
export function writeWeights(tf: Tf, model: tfjs.LayersModel, bytes: Uint8Array): void {
  const tensors = model.getWeights()
  const expected = 4 * tensors.reduce((sum, { size }) => sum + size, 0)
  if (bytes.length !== expected) {
    throw new RondoError('RONDO_CHECKPOINT_INVALID', {
      message: `The checkpoint holds ${bytes.length} bytes of weights; this model has ${expected}.`,
      value: bytes.length,
    })
  }
  // The bytes may begin at any offset of their buffer.
  const values = new Float32Array(bytes.slice().buffer)
  let at = 0
  tf.tidy(() => {
    model.setWeights(
      tensors.map(({ shape, size }) => {
        at += size
        return tf.tensor(values.subarray(at - size, at), shape)
      }),
    )
  })
}
