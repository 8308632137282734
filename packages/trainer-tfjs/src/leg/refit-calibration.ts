import type { JsonObject, Leg, LegContext } from '@rondo/core'
import { file } from '../model/read-network.ts'
import { decodeJson } from './json-file.ts'

/**
 * The preprocessing that was saved with the model of the first fold, which validation rows have calibrated.
 *
 * @throws RONDO_ARTIFACT_MISSING, RONDO_ARTIFACT_DAMAGED
 */
export async function calibrationOf(
  { refit }: Leg,
  { artifacts }: LegContext,
): Promise<JsonObject | undefined> {
  const model = refit?.model
  if (model === undefined) return undefined
  return decodeJson(file(await artifacts.read(model), 'preprocess.json')) as JsonObject
}
