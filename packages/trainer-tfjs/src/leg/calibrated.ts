import type { JsonObject, PreparedFold } from '@rondo/core'
import type { Evidence, TableFold } from '@rondo/dataset'
import { type FoldState, savedWeights } from './fold-state.ts'

/** Not every dataset can be calibrated. */
type Calibrated = PreparedFold & Partial<Pick<TableFold, 'evidence' | 'calibrate' | 'calibrateAs'>>

/** What is kept of a fold's data to save the preprocessing of its model. */
export interface Calibration {
  readonly preprocess: JsonObject
  /** What the saved weights' outputs for the validation samples tell; absent where there are none. */
  readonly evidence?: Evidence
  readonly calibrate?: TableFold['calibrate']
}

export function calibrationOf(data: PreparedFold, state: FoldState): Calibration {
  const { evidence, calibrate, preprocess, validationStarts }: Calibrated = data
  const { outputs } = savedWeights(state)
  const samples = validationStarts.length
  const known = samples > 0 && outputs.length === samples * data.outputs && outputs.every(Number.isFinite)
  return {
    preprocess,
    ...(calibrate && { calibrate }),
    ...(known && evidence && { evidence: evidence(outputs) }),
  }
}

/**
 * The preprocessing that is saved with each fold's model: the fold's, with one decision threshold for all of them, and
 * with intervals that the residuals of all of them tell.
 */
export function calibratedTogether(folds: readonly Calibration[]): readonly JsonObject[] {
  const evidence = folds.flatMap((fold) => fold.evidence ?? [])
  return folds.map(({ preprocess, calibrate }) =>
    evidence.length === 0 || calibrate === undefined ? preprocess : calibrate(evidence),
  )
}

/** The preprocessing of a model that was validated on nothing, with the calibration of `from`. */
export function calibratedAs(data: PreparedFold, from: JsonObject | undefined): JsonObject {
  const { calibrateAs, preprocess }: Calibrated = data
  return (from && calibrateAs?.(from)) ?? preprocess
}
