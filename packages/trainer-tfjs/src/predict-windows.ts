import type { ArtifactFiles } from '@rondo/core'
import { damagedModel } from './model/read-network.ts'
import type { Windows } from './model/windows.ts'

/**
 * Raw outputs `[n, outputs]` of a saved model (the files of `best/`, say) for windows of new rows:
 *
 * ```ts
 * const input = applyPreprocess(preprocess, await readTable('new.csv'))
 * const predictions = input.decode(await predictWindows(files, input))
 * ```
 * @throws RONDO_BACKEND, RONDO_ARTIFACT_MISSING, and RONDO_ARTIFACT_DAMAGED where the files make no model, or one of
 * other inputs than the windows have.
 */
export async function predictWindows(files: ArtifactFiles, windows: Windows): Promise<Float32Array> {
  const [{ startBackend }, { loadModel }, { predict }] = await Promise.all([
    import('./backend/start.ts'),
    import('./model/load.ts'),
    import('./model/predict.ts'),
  ])
  const tf = await startBackend()
  const model = await loadModel(tf, files)
  try {
    const inputs = model.inputs[0]!.shape.at(-1)
    if (inputs !== windows.features) {
      throw damagedModel(
        `The model of model.json takes ${inputs} inputs of each row, and preprocess.json makes ${windows.features}: one of them is that of another model.`,
        'model.json',
      )
    }
    return predict(tf, model, windows)
  } finally {
    model.dispose()
  }
}
