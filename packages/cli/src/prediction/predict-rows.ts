import type { ArtifactFiles, JsonObject } from '@rondo/core'
import { applyPreprocess, type Prediction, readTable } from '@rondo/dataset'
import { predictWindows } from '@rondo/trainer-tfjs'

/** Which windows of the new rows are predicted: the last of each series, or all. */
export type Which = 'last' | 'all'

/**
 * Predicts the rows of a file (`-`: standard input) with a saved model, by nothing but the model's own files.
 *
 * @throws data errors, RONDO_ARTIFACT_DAMAGED, RONDO_BACKEND
 */
export async function predictRows(
  model: ArtifactFiles,
  file: string,
  which: Which,
): Promise<readonly Prediction[]> {
  const preprocess = JSON.parse(new TextDecoder().decode(model['preprocess.json'])) as JsonObject
  const input = applyPreprocess(preprocess, await readTable(file), which)
  return input.decode(await predictWindows(model, input))
}
