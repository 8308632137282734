import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { buildFor, loadBuild } from '../../../packages/kernels/src/module.ts'
import { patchLstm } from '../../../packages/kernels/src/tfjs/patch-lstm.ts'
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

let undo: (() => void) | undefined

/** Turns the patch on or off: both peers live in one process, on one engine. */
async function patched(wanted: boolean): Promise<void> {
  if (wanted && !undo) undo = patchLstm(await loadBuild(buildFor('fast')))
  if (!wanted && undo) {
    undo()
    undo = undefined
  }
}

const peer = (name: string, patch: boolean): PeerKind => ({
  name,
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
      async run(updates) {
        await patched(patch)
        for (let n = 0; n < updates; n++) await model.trainOnBatch(x, y)
        return undefined
      },
      dispose() {
        tf.dispose([x, y])
        model.dispose()
        optimizer.dispose()
      },
    }
  },
})

/** tfjs as it is: `model.trainOnBatch` on the WASM backend. */
export const tfjs = peer('tfjs', false)

/** The same with `@rondo/kernels/tfjs` imported: tfjs's own loss, dense layer and optimizer around our LSTM. */
export const tfjsPatched = peer('tfjs, patched', true)
