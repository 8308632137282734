import { RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { onHeap } from '../backend/heap.ts'
import type { Tf } from '../backend/start.ts'

/** The tensors of all weights, trainable or not, in the model's order. */
export const weightTensors = (model: tfjs.LayersModel): readonly tfjs.Tensor[] => model.getWeights()

/** A copy of all weights, one after the other as 32-bit floats. */
export function readWeights(tf: Tf, model: tfjs.LayersModel): Uint8Array {
  const tensors = weightTensors(model)
  const copy = new Float32Array(tensors.reduce((sum, { size }) => sum + size, 0))
  let at = 0
  for (const tensor of tensors) {
    copy.set(onHeap(tf, tensor), at)
    at += tensor.size
  }
  return new Uint8Array(copy.buffer)
}

/**
 * Writes weights into the model's tensors where they lie, so that whoever knows their addresses sees them.
 *
 * @throws RONDO_CHECKPOINT_INVALID where their number is another.
 */
export function writeWeights(tf: Tf, model: tfjs.LayersModel, bytes: Uint8Array): void {
  const tensors = weightTensors(model)
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
  for (const tensor of tensors) {
    onHeap(tf, tensor).set(values.subarray(at, at + tensor.size))
    at += tensor.size
  }
}
