import { pinball } from './metrics/errors.ts'
import { measureNumbers } from './metrics/measure-numbers.ts'
import { CLASSES, isMetric, NUMBERS } from './metrics/names.ts'
import { seasonalNaiveMae } from './metrics/relative.ts'
import { measureClasses, scoreClasses } from './metrics/score-classes.ts'
import { levelsOf, type Plan, stepsOf } from './plan.ts'
import type { Frame } from './series/frame.ts'
import { middleOf } from './targets.ts'

/** What happened on some target rows, and metrics of what was predicted for them. */
export interface Scorer {
  readonly plan: Plan
  /** Numbers `[n, steps, targets]` in data units, or the numbers of the classes `[n]`. */
  readonly actual: Float64Array
  /** Of each target the seasonal naive error on the train rows, where targets are numbers. */
  readonly naive: readonly number[]
  readonly samples: number
  /** The probability from which on the positive one of two classes counts as predicted. */
  readonly threshold?: number
  /** Of predictions of the shape of `actual` or `[n, steps, targets, quantiles]` in data units, or of probabilities `[n, classes]`. */
  score(predicted: Float64Array): { readonly [metric: string]: number }
  /** One metric of them; NaN where there is none of that name. */
  measure(metric: string, predicted: Float64Array): number
}

/**
 * @param season Of the naive forecast that MASE divides by, in rows.
 * @param threshold The probability from which on the positive one of two classes counts as predicted.
 */
export function makeScorer(
  frame: Frame,
  plan: Plan,
  trainRows: Int32Array,
  scoredRows: Int32Array,
  season: number,
  threshold?: number,
): Scorer {
  const targets = plan.targets.map((name) => frame.targets.get(name)!)
  if (plan.classes !== undefined) {
    const actual = Float64Array.from(scoredRows, (row) => targets[0]![row]!)
    return scorerOf(plan, actual, [], threshold)
  }
  const steps = stepsOf(plan)
  const actual = new Float64Array(scoredRows.length * steps * targets.length)
  let at = 0
  for (const row of scoredRows) {
    for (let step = 1; step <= steps; step++) {
      for (const values of targets) actual[at++] = values[row - steps + step]!
    }
  }
  // Sequences follow no season: their naive forecast is the target of the sequence before.
  const naive = targets.map((values) =>
    plan.sequences
      ? seasonalNaiveMae(
          Float64Array.from(trainRows, (row) => values[row]!),
          new Int32Array(trainRows.length),
          Int32Array.from(trainRows.keys()),
          1,
        )
      : seasonalNaiveMae(values, frame.origins, trainRows, season),
  )
  return scorerOf(plan, actual, naive)
}

/** A scorer of what is known to have happened. */
export function scorerOf(
  plan: Plan,
  actual: Float64Array,
  naive: readonly number[],
  threshold?: number,
): Scorer {
  const { classes, quantiles } = plan
  if (classes !== undefined) {
    const labels = Int32Array.from(actual)
    return {
      plan,
      actual,
      naive,
      samples: labels.length,
      ...(threshold !== undefined && { threshold }),
      score: (predicted) => scoreClasses(labels, predicted, classes.length, threshold),
      measure: (metric, predicted) =>
        isMetric(CLASSES, metric)
          ? measureClasses(metric, labels, predicted, classes.length, threshold)
          : Number.NaN,
    }
  }
  const levels = levelsOf(plan)
  // A forecast of one number, such as a baseline's, stands for each of the quantiles.
  const isPoint = (predicted: Float64Array) => levels === 1 || predicted.length === actual.length
  const at = (predicted: Float64Array, level: number) =>
    isPoint(predicted) ? predicted : predicted.filter((_, i) => i % levels === level)
  const measure: Scorer['measure'] = (metric, predicted) => {
    if (!isMetric(NUMBERS, metric)) return Number.NaN
    if (metric === 'pinball' && quantiles !== undefined) {
      const losses = quantiles.map((share, level) => pinball(actual, at(predicted, level), share))
      return losses.reduce((sum, loss) => sum + loss, 0) / levels
    }
    return measureNumbers(metric, actual, at(predicted, middleOf(quantiles)), naive)
  }
  return {
    plan,
    actual,
    naive,
    samples: actual.length / (stepsOf(plan) * plan.targets.length),
    score: (predicted) => Object.fromEntries(NUMBERS.map((metric) => [metric, measure(metric, predicted)])),
    measure,
  }
}
