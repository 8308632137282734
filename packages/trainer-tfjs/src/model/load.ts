import { type ArtifactFiles, type JsonObject, RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import { decodeJson } from '../leg/json-file.ts'

/**
 * Loads a model from the files of {@link modelFiles}.
 *
 * @throws RONDO_ARTIFACT_MISSING where one of the files is not there.
 */
export async function loadModel(tf: Tf, files: ArtifactFiles): Promise<tfjs.LayersModel> {
  const { modelTopology, weightsManifest } = decodeJson(file(files, 'model.json')) as JsonObject & {
    readonly weightsManifest: readonly [{ readonly weights: unknown }]
  }
  return tf.loadLayersModel({
    async load() {
      return {
        modelTopology: modelTopology as object,
        weightSpecs: weightsManifest[0].weights as tfjs.io.WeightsManifestEntry[],
        weightData: file(files, 'weights.bin').slice().buffer,
      }
    },
  })
}

/** A file of an artifact. @throws RONDO_ARTIFACT_MISSING */
export function file(files: ArtifactFiles, name: string): Uint8Array {
  const bytes = files[name]
  if (bytes !== undefined) return bytes
  throw new RondoError('RONDO_ARTIFACT_MISSING', { message: `There is no file “${name}”.`, value: name })
}
