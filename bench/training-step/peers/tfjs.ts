import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { filler, type PeerKind } from '../peer.ts'

let started: Promise<unknown> | undefined

/** Starts tfjs on its single-threaded SIMD build. */
async function start(): Promise<void> {
  if (!started) {
    const file = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
    setWasmPaths(dirname(file) + sep)
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    started = tf.setBackend('wasm')
  }
  await started
}

/** tfjs as it is: `model.trainOnBatch` on the WASM backend. */
export const tfjs: PeerKind = {
  name: 'tfjs wasm',
  async make({ batch, steps, features, units }) {
    await start()
    const model = tf.sequential({
      layers: [
        tf.layers.lstm({ units, inputShape: [steps, features], recurrentActivation: 'sigmoid' }),
        tf.layers.dropout({ rate: 0.2 }),
        tf.layers.dense({ units: 1 }),
      ],
    })
    const optimizer = tf.train.adam(1e-4)
    model.compile({ loss: 'meanSquaredError', optimizer })
    const x = tf.tensor3d(filler(batch * steps * features), [batch, steps, features])
    const y = tf.tensor2d(filler(batch), [batch, 1])
    return {
      async update() {
        await model.trainOnBatch(x, y)
      },
      dispose() {
        tf.dispose([x, y])
        model.dispose()
        optimizer.dispose()
      },
    }
  },
}
