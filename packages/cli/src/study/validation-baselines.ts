import {
  type BaselineScore,
  type Dataset,
  type Fold,
  largestValue,
  type Objective,
  type Space,
  type Splitter,
  type StudySpec,
  splitRows,
} from '@rondo/core'
import { measurePooled, type TableBaseline } from '@rondo/dataset'
import type { Score } from './scores.ts'

/** What tells the rows on which the trials of a study are ranked. */
export interface ValidationRows {
  readonly dataset: Dataset
  readonly splitter: Splitter
  readonly space: Space
  readonly spec: StudySpec
}

/**
 * The baselines' scores on the validation rows on which trials are ranked: as those, the mean over folds, or over the
 * rows of all folds together where the metric is pooled. None where the objective is no metric of the data.
 */
export function validationBaselines(rows: ValidationRows): readonly Score[] {
  const { dataset, space, spec } = rows
  const metric = bareMetric(spec.objective)
  const window = largestValue(space, 'window') ?? 0
  const view = dataset.development()
  const byName = new Map<string, Baseline[]>()
  const folds = validationFolds(rows)
  for (const fold of folds) {
    for (const score of dataset.baselines(view, fold, window)) {
      byName.set(score.name, [...(byName.get(score.name) ?? []), score])
    }
  }
  const isPooled = dataset.pooled?.includes(metric) ?? false
  return [...byName]
    .filter(([, scores]) => scores.length === folds.length)
    .map(([name, scores]) => ({ name, value: isPooled ? pooledOf(scores, metric) : meanOf(scores, metric) }))
    .filter(({ value }) => Number.isFinite(value))
}

/** Not every dataset's baselines tell what they predict. */
type Baseline = BaselineScore & Partial<Pick<TableBaseline, 'scored'>>

const pooledOf = (folds: readonly Baseline[], metric: string): number =>
  measurePooled(
    metric,
    folds.flatMap(({ scored }) => scored ?? []),
  )

const meanOf = (folds: readonly Baseline[], metric: string): number =>
  folds.reduce((sum, { metrics }) => sum + (metrics[metric] ?? Number.NaN), 0) / folds.length

/** The folds of the study. */
export function validationFolds({ dataset, splitter, space, spec }: ValidationRows): readonly Fold[] {
  const window = largestValue(space, 'window') ?? 0
  return splitRows(splitter, dataset.development().targets(window), spec.seed)
}

/** `val_mae` → `mae`. */
const bareMetric = ({ metric }: Objective): string => metric.replace(/^val_/, '')
