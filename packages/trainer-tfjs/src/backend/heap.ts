import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from './start.ts'

interface WasmBackend {
  typedArrayFromHeap(tensor: tfjs.Tensor): Float32Array
}

/**
 * The values of a float tensor where they lie in WASM's memory: what is written there is the tensor's value. Any
 * operation may grow the memory and detach the view, so take it anew after each.
 */
export function onHeap(tf: Tf, tensor: tfjs.Tensor): Float32Array {
  // A public method of the WASM backend that the type of `backend()` does not know.
  return (tf.backend() as unknown as WasmBackend).typedArrayFromHeap(tensor)
}
