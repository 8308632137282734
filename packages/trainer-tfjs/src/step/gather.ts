import type { PreparedFold } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import type { Samples } from './train-step.ts'

/** The inputs of a batch. */
export interface Inputs {
  /** `[batch, steps, features]`; zeros beyond a sequence's end. */
  readonly x: tfjs.Tensor3D
  /** For each step `[batch, 1]`: 1 where the sequence has the step, else 0; absent where all have all. */
  readonly steps?: readonly tfjs.Tensor2D[]
}

/** The series in WASM's memory, `[rows, features]`. To be disposed of. */
export const seriesTensor = (
  tf: Tf,
  { series, features }: Pick<PreparedFold, 'series' | 'features'>,
): tfjs.Tensor2D => tf.tensor2d(series, [series.length / features, features])

/** Gathers the windows of a batch out of the series. To be called within a tidy. */
export function gatherWindows(
  tf: Tf,
  series: tfjs.Tensor2D,
  data: Pick<PreparedFold, 'window' | 'features' | 'lengths'>,
  samples: Samples,
): Inputs {
  const { window, features, lengths } = data
  const { starts, targets } = samples
  const batch = starts.length
  const indices = new Int32Array(batch * window)
  // Beyond the series' last row lie only steps beyond a sequence's end.
  const last = series.shape[0] - 1
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < window; t++) indices[b * window + t] = Math.min(last, starts[b]! + t)
  }
  const x = tf.reshape(tf.gather(series, tf.tensor1d(indices, 'int32')), [
    batch,
    window,
    features,
  ]) as tfjs.Tensor3D
  if (lengths === undefined) return { x }
  const steps = Array.from({ length: window }, (_, t) =>
    tf.tensor2d(
      Float32Array.from(targets, (row) => (t < lengths[row]! ? 1 : 0)),
      [batch, 1],
    ),
  )
  return { x: tf.mul(x, tf.stack(steps, 1)), steps }
}
