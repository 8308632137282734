import type { Intervals, Preprocess } from '../preprocess.ts'

/**
 * A preprocessing with the threshold and the intervals of another that was fitted on other rows of the same data. Widths
 * are in units of scaled targets: they are scaled anew, so that they stay what they were in the data's.
 */
export function withCalibrationOf(preprocess: Preprocess, calibrated: Preprocess): Preprocess {
  const { threshold, intervals } = calibrated
  return {
    ...preprocess,
    ...(threshold !== undefined && { threshold }),
    ...(intervals && { intervals: rescaled(intervals, calibrated, preprocess) }),
  }
}

function rescaled(intervals: Intervals, from: Preprocess, to: Preprocess): Intervals {
  // Widths of series that have scales of their own are shared by all of them.
  if (from.series !== undefined) return intervals
  return {
    ...intervals,
    widths: intervals.widths.map((steps, target) => {
      const name = to.plan.targets[target]!
      const ratio = from.targetScales[name]!.spread / to.targetScales[name]!.spread
      return steps.map((widths) => widths.map((width) => width * ratio))
    }),
  }
}
