import type { ThresholdMetric } from '../options.ts'
import type { Preprocess } from '../preprocess.ts'
import type { Frame } from '../series/frame.ts'
import { conformalIntervals, type Residuals, residualsOf } from './conformal.ts'
import { bestThreshold } from './threshold.ts'

/** What validation samples tell of the model of a fold: enough to calibrate it, alone or together with other folds. */
export type Evidence = Residuals | Labelled

/** Of two classes. */
interface Labelled {
  /** 1 for each sample of the positive class. */
  readonly actual: Uint8Array
  /** The probabilities of the positive class. */
  readonly probabilities: Float64Array
}

/** @param rows The target rows of `outputs` `[n, outputs]`. */
export function evidenceOf(
  frame: Frame,
  preprocess: Preprocess,
  rows: Int32Array,
  outputs: ArrayLike<number>,
): Evidence {
  const { classes, targets } = preprocess.plan
  if (classes === undefined) return residualsOf(frame, preprocess, rows, outputs)
  const labels = frame.targets.get(targets[0]!)!
  return {
    actual: Uint8Array.from(rows, (row) => labels[row]!),
    probabilities: Float64Array.from(outputs),
  }
}

/** What {@link calibratedBy} aims at. */
export interface CalibrationAims {
  readonly threshold: ThresholdMetric | number
  /** Coverages. */
  readonly intervals: readonly number[]
}

/**
 * A preprocessing with what samples tell of its model: the decision threshold of two classes, the widths of intervals of
 * numbers. With folds it is one for all of them: each model was right or wrong about rows that it had not seen.
 */
export function calibratedBy(
  preprocess: Preprocess,
  folds: readonly Evidence[],
  { threshold, intervals: coverages }: CalibrationAims,
): Preprocess {
  const { classes } = preprocess.plan
  if (classes === undefined) {
    const intervals = conformalIntervals(preprocess, folds as readonly Residuals[], coverages)
    return { ...preprocess, ...(intervals && { intervals }) }
  }
  if (classes.length !== 2) return preprocess
  if (typeof threshold === 'number') return { ...preprocess, threshold }
  const labelled = folds as readonly Labelled[]
  const actual = Uint8Array.from(labelled.flatMap((fold) => [...fold.actual]))
  const probabilities = Float64Array.from(labelled.flatMap((fold) => [...fold.probabilities]))
  return { ...preprocess, threshold: bestThreshold(actual, probabilities, threshold) }
}
