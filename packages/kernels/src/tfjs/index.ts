/**
 * Importing this makes the LSTM layers of tfjs fast: `import '@rondo/kernels/tfjs'` once, before `tf.setBackend('wasm')`.
 *
 * @packageDocumentation
 */
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { buildFor, loadBuild } from '../module.ts'
import { patchLstm } from './patch-lstm.ts'

// The threaded build of the backend exports no memory.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)

/** Gives tfjs's LSTM layers back their own `call`. */
export const unpatchLstm = patchLstm(await loadBuild(buildFor('fast')))
