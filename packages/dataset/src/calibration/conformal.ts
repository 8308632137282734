import { levelsOf, stepsOf } from '../plan.ts'
import { type Intervals, type Preprocess, scalesOf } from '../preprocess.ts'
import type { Frame } from '../series/frame.ts'
import { middleOf, referenceOf } from '../targets.ts'
import { encodeTarget } from '../transform/target.ts'

/**
 * Half widths of intervals about the predictions, from the absolute residuals on validation rows: for a coverage c the
 * ⌈(n + 1)·c⌉-th smallest of n (split conformal prediction; Lei et al., 2018, algorithm 2), for each target and step.
 * Residuals are of the scaled targets, so that an interval widens with what a target is taken relative to. A coverage
 * that n residuals cannot vouch for is left out.
 *
 * @param rows The target rows of `outputs` `[n, outputs]`.
 */
export function conformalIntervals(
  frame: Frame,
  preprocess: Preprocess,
  rows: Int32Array,
  outputs: ArrayLike<number>,
  coverages: readonly number[],
): Intervals | undefined {
  const { plan } = preprocess
  const rank = (coverage: number) => Math.ceil((rows.length + 1) * coverage)
  const coverage = coverages.filter((share) => rank(share) <= rows.length)
  if (plan.classes !== undefined || coverage.length === 0) return undefined
  const steps = stepsOf(plan)
  const levels = levelsOf(plan)
  const perRow = steps * plan.targets.length * levels
  const middle = middleOf(plan.quantiles)
  const widths = plan.targets.map((name, target) =>
    Array.from({ length: steps }, (_, at) => {
      const residuals = Float64Array.from(rows, (row, i) => {
        const scaler = scalesOf(preprocess, frame, row).targetScales[name]!
        const reference = referenceOf(frame, preprocess, name, row - plan.horizon, at + 1)
        const actual = encodeTarget(frame.targets.get(name)![row - steps + at + 1]!, reference, scaler)
        return Math.abs(actual - outputs[i * perRow + (at * plan.targets.length + target) * levels + middle]!)
      }).sort()
      return coverage.map((share) => residuals[rank(share) - 1]!)
    }),
  )
  return { coverage, widths }
}
