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
  return {
    ...intervals,
    widths: intervals.widths.map((steps, target) => {
      const ratio = unitRatio(from, to, target)
      return steps.map((widths) => widths.map((width) => width * ratio))
    }),
  }
}

/** What a distance in units of one preprocessing's scaled target is in those of another's. */
export function unitRatio(from: Preprocess, to: Preprocess, target: number): number {
  // Of series that have scales of their own, distances are shared by all of them.
  if (from.series !== undefined) return 1
  const name = to.plan.targets[target]!
  return from.targetScales[name]!.spread / to.targetScales[name]!.spread
}
