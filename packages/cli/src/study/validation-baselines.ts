import {
  type Dataset,
  deriveRng,
  type Fold,
  largestValue,
  type Objective,
  type Space,
  type Splitter,
  type StudySpec,
} from '@rondo/core'
import type { Score } from './scores.ts'

/** What tells the rows on which the trials of a study are ranked. */
export interface ValidationRows {
  readonly dataset: Dataset
  readonly splitter: Splitter
  readonly space: Space
  readonly spec: StudySpec
}

/**
 * The baselines' scores on the validation rows on which trials are ranked, the mean over folds. None where the
 * objective is no metric of the data.
 */
export function validationBaselines(rows: ValidationRows): readonly Score[] {
  const { dataset, space, spec } = rows
  const metric = bareMetric(spec.objective)
  const window = largestValue(space, 'window') ?? 0
  const view = dataset.development()
  const folds = validationFolds(rows)
  const sums = new Map<string, number>()
  for (const fold of folds) {
    for (const { name, metrics } of dataset.baselines(view, fold, window)) {
      sums.set(name, (sums.get(name) ?? 0) + (metrics[metric] ?? Number.NaN))
    }
  }
  return [...sums]
    .map(([name, sum]) => ({ name, value: sum / folds.length }))
    .filter(({ value }) => Number.isFinite(value))
}

/** The folds of the study. */
export function validationFolds({ dataset, splitter, space, spec }: ValidationRows): readonly Fold[] {
  const window = largestValue(space, 'window') ?? 0
  // The address of the trainer's own split: with another one shuffled folds would be other rows.
  const rng = deriveRng({ seed: spec.seed, purpose: 'split' })
  return splitter.split({ ...dataset.development().targets(window), rng })
}

/** `val_mae` → `mae`. */
const bareMetric = ({ metric }: Objective): string => metric.replace(/^val_/, '')
