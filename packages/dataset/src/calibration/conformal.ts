import { levelsOf, stepsOf } from '../plan.ts'
import { type Intervals, type Preprocess, scalesOf } from '../preprocess.ts'
import type { Frame } from '../series/frame.ts'
import { middleOf, referenceOf } from '../targets.ts'
import { encodeTarget } from '../transform/target.ts'
import { unitRatio } from './transfer.ts'

/** How far a model's outputs for some samples were off. */
export interface Residuals {
  /** The preprocessing of the model. */
  readonly preprocess: Preprocess
  /** `[targets, steps, samples]`, absolute, in units of the scaled targets. */
  readonly absolute: readonly (readonly Float64Array[])[]
}

/** @param rows The target rows of `outputs` `[n, outputs]`. */
export function residualsOf(
  frame: Frame,
  preprocess: Preprocess,
  rows: Int32Array,
  outputs: ArrayLike<number>,
): Residuals {
  const { plan } = preprocess
  const steps = stepsOf(plan)
  const levels = levelsOf(plan)
  const perRow = steps * plan.targets.length * levels
  const middle = middleOf(plan.quantiles)
  const absolute = plan.targets.map((name, target) =>
    Array.from({ length: steps }, (_, at) =>
      Float64Array.from(rows, (row, i) => {
        const scaler = scalesOf(preprocess, frame, row).targetScales[name]!
        const reference = referenceOf(frame, preprocess, name, row - plan.horizon, at + 1)
        const actual = encodeTarget(frame.targets.get(name)![row - steps + at + 1]!, reference, scaler)
        return Math.abs(actual - outputs[i * perRow + (at * plan.targets.length + target) * levels + middle]!)
      }),
    ),
  )
  return { preprocess, absolute }
}

/**
 * Half widths of intervals about the predictions of a model, from the absolute residuals on validation rows, its own or
 * those of the models of all folds: for a coverage c the ⌈(n + 1)·c⌉-th smallest of n (split conformal prediction; Lei et
 * al., 2018, algorithm 2; over folds cross-conformal, Vovk, 2015), for each target and step. Residuals are of the scaled
 * targets, so that an interval widens with what a target is taken relative to. A coverage that n residuals cannot vouch
 * for is left out.
 */
export function conformalIntervals(
  preprocess: Preprocess,
  folds: readonly Residuals[],
  coverages: readonly number[],
): Intervals | undefined {
  const samples = folds.reduce((sum, { absolute }) => sum + absolute[0]![0]!.length, 0)
  const rank = (coverage: number) => Math.ceil((samples + 1) * coverage)
  const coverage = coverages.filter((share) => rank(share) <= samples)
  if (coverage.length === 0) return undefined
  const { targets } = preprocess.plan
  const widths = targets.map((_, target) =>
    Array.from({ length: stepsOf(preprocess.plan) }, (_, at) => {
      const sorted = Float64Array.from(
        folds.flatMap((fold) => {
          const ratio = unitRatio(fold.preprocess, preprocess, target)
          return Array.from(fold.absolute[target]![at]!, (residual) => residual * ratio)
        }),
      ).sort()
      return coverage.map((share) => sorted[rank(share) - 1]!)
    }),
  )
  return { coverage, widths }
}
