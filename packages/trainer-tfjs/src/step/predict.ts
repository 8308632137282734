import type { PreparedFold } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import { gatherWindows, seriesTensor } from './gather.ts'

/** Outputs `[n, outputs]` of a finished model for the validation samples, through tfjs's own `predict`. */
export function predictSamples(
  tf: Tf,
  model: tfjs.LayersModel,
  data: PreparedFold,
  batchSize: number,
): Float32Array {
  const { validationStarts, validationTargets } = data
  const outputs = new Float32Array(validationStarts.length * data.outputs)
  const series = seriesTensor(tf, data)
  for (let first = 0; first < validationStarts.length; first += batchSize) {
    const samples = {
      starts: validationStarts.subarray(first, first + batchSize),
      targets: validationTargets.subarray(first, first + batchSize),
    }
    const values = tf.tidy(
      () =>
        (
          model.predictOnBatch(gatherWindows(tf, series, data, samples).x) as tfjs.Tensor
        ).dataSync() as Float32Array,
    )
    outputs.set(values, first * data.outputs)
  }
  series.dispose()
  return outputs
}
