import type { ArtifactFiles, JsonObject, Params } from '@rondo/core'
import type { Comparison, TableFold } from '@rondo/dataset'
import { predictWindows } from '@rondo/trainer-tfjs'
import { type ValidationRows, validationFolds } from './validation-baselines.ts'

/** Points that a chart can show apart. */
const MOST = 200

/**
 * What a model of the first fold forecasts of that fold's validation rows, beside what happened: the last of them.
 * `undefined` where the data is no table or the task no forecast.
 *
 * @throws RONDO_BACKEND, RONDO_ARTIFACT_MISSING, RONDO_ARTIFACT_DAMAGED and data errors
 */
export async function validationForecast(
  rows: ValidationRows,
  params: Params,
  model: ArtifactFiles,
): Promise<Comparison | undefined> {
  const [fold] = validationFolds(rows)
  const saved = model['preprocess.json']
  if (fold === undefined || saved === undefined) return undefined
  const preprocess = JSON.parse(new TextDecoder().decode(saved)) as JsonObject
  const last = { ...fold, validation: fold.validation.slice(-MOST) }
  const data: Partial<TableFold> = rows.dataset.development().prepare(last, params, preprocess)
  const { compare, series, features, window, validationStarts } = data
  if (compare === undefined || !series || !features || !window || !validationStarts) return undefined
  return compare(await predictWindows(model, { series, features, window, starts: validationStarts }))
}
