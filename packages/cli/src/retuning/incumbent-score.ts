import type { Incumbent, JsonObject } from '@rondo/core'
import { measurePooled, type ScoredFold, type TableFold } from '@rondo/dataset'
import { predictWindows } from '@rondo/trainer-tfjs'
import { type ValidationRows, validationFolds } from '../study/validation-baselines.ts'

/**
 * What a model from elsewhere scores on the rows on which trials are ranked, as they are scored: the mean over folds, or
 * over all their rows together. It may have been trained on some of them; on test rows it has not.
 *
 * @throws data errors where the new rows are not what the model was trained for: a column is missing, a category unknown.
 */
export async function incumbentScore(
  rows: ValidationRows,
  { files, params }: Incumbent,
): Promise<number | undefined> {
  const metric = rows.spec.objective.metric.replace(/^val_/, '')
  const preprocess = JSON.parse(new TextDecoder().decode(files['preprocess.json'])) as JsonObject
  const view = rows.dataset.development()
  const values: number[] = []
  const scored: ScoredFold[] = []
  for (const fold of validationFolds(rows)) {
    const data: ReturnType<typeof view.prepare> & Partial<Pick<TableFold, 'scored'>> = view.prepare(
      fold,
      params,
      preprocess,
    )
    const { series, features, window, lengths, validationStarts: starts, validationTargets } = data
    const outputs = await predictWindows(files, {
      ...{ series, features, window, starts },
      ...(lengths && { lengths: validationTargets.map((row) => lengths[row]!) }),
    })
    values.push(data.score(outputs)[metric] ?? Number.NaN)
    if (data.scored) scored.push(data.scored(outputs))
  }
  const isPooled = rows.dataset.pooled?.includes(metric) === true && scored.length === values.length
  const value = isPooled ? measurePooled(metric, scored) : values.reduce((a, b) => a + b, 0) / values.length
  return Number.isFinite(value) ? value : undefined
}
