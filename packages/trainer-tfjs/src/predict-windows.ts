import type { ArtifactFiles } from '@rondo/core'
import type { Windows } from './model/windows.ts'

/**
 * Raw outputs `[n, outputs]` of a saved model (the files of `best/`, say) for windows of new rows:
 *
 * ```ts
 * const input = applyPreprocess(preprocess, await readTable('new.csv'))
 * const predictions = input.decode(await predictWindows(files, input))
 * ```
 * @throws RONDO_BACKEND, RONDO_ARTIFACT_MISSING
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
    return predict(tf, model, windows)
  } finally {
    model.dispose()
  }
}
