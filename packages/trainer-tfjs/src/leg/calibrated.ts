import type { JsonObject, PreparedFold } from '@rondo/core'
import type { TableFold } from '@rondo/dataset'

/** Not every dataset can be calibrated. */
type Calibrated = PreparedFold & Partial<Pick<TableFold, 'calibrate' | 'calibrateAs'>>

/**
 * The preprocessing that is saved with a model: the fold's, with the decision threshold or the widths of intervals that
 * `outputs` `[n, outputs]` of the saved weights for the validation samples tell; where nothing was validated, with those
 * of `from`.
 */
export function calibrated(data: PreparedFold, outputs: Float32Array, from?: JsonObject): JsonObject {
  const { calibrate, calibrateAs, preprocess, validationStarts }: Calibrated = data
  const samples = validationStarts.length
  if (samples > 0 && outputs.length === samples * data.outputs && outputs.every(Number.isFinite)) {
    return calibrate?.(outputs) ?? preprocess
  }
  return (from && calibrateAs?.(from)) ?? preprocess
}
