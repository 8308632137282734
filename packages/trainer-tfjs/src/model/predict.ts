import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import { gatherWindows, seriesTensor } from '../step/gather.ts'
import type { Windows } from './windows.ts'

/** Windows predicted at a time. */
const BATCH = 256

/** Outputs `[n, outputs]` of a model for windows, through tfjs's own layers. */
export function predict(tf: Tf, model: tfjs.LayersModel, windows: Windows): Float32Array {
  const count = windows.starts.length
  const outputs = model.outputs[0]!.shape.at(-1)!
  const all = new Float32Array(count * outputs)
  const series = seriesTensor(tf, windows)
  for (let first = 0; first < count; first += BATCH) {
    const starts = windows.starts.subarray(first, first + BATCH)
    const targets = Int32Array.from(starts, (_, i) => first + i)
    const values = tf.tidy(() => {
      const { x } = gatherWindows(tf, series, windows, { starts, targets })
      return (model.predictOnBatch(x) as tfjs.Tensor).dataSync() as Float32Array
    })
    all.set(values, first * outputs)
  }
  series.dispose()
  return all
}
