import type { ArtifactFiles } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import { damagedModel, readNetwork } from './read-network.ts'

/**
 * Loads a model from the files of {@link modelFiles}.
 *
 * @throws RONDO_ARTIFACT_MISSING where one of the files is not there, RONDO_ARTIFACT_DAMAGED where they make no model.
 */
export async function loadModel(tf: Tf, files: ArtifactFiles): Promise<tfjs.LayersModel> {
  const { topology, entries, weights } = readNetwork(files)
  try {
    return await tf.loadLayersModel({
      async load() {
        return {
          modelTopology: topology,
          weightSpecs: entries as tfjs.io.WeightsManifestEntry[],
          weightData: weights.slice().buffer,
        }
      },
    })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw damagedModel(`tfjs cannot make a model of model.json: ${why}`, 'model.json', { cause })
  }
}
