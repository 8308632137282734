import type { ArtifactFiles } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { encodeJson } from '../leg/json-file.ts'
import { hashOfWeights } from './weights-hash.ts'

/**
 * A model as tfjs's own files: `model.json` with the topology and a weights manifest, and `weights.bin` beside it. Any
 * tfjs program loads them with `tf.loadLayersModel`. The hash of the weights is where tfjs has room for what others
 * want to say of a model.
 */
export async function modelFiles(model: tfjs.LayersModel): Promise<ArtifactFiles> {
  let files: ArtifactFiles = {}
  await model.save({
    async save(artifacts) {
      const { modelTopology, weightSpecs, weightData, format, generatedBy, convertedBy } = artifacts
      const weights = concatenate(weightData)
      files = {
        'model.json': encodeJson({
          modelTopology,
          format,
          generatedBy,
          convertedBy: convertedBy ?? null,
          weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
          userDefinedMetadata: { weightsSha256: hashOfWeights(weights) },
        }),
        'weights.bin': weights,
      }
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    },
  })
  return files
}

function concatenate(data: ArrayBuffer | readonly ArrayBuffer[] | undefined): Uint8Array {
  const parts = data === undefined ? [] : data instanceof ArrayBuffer ? [data] : data
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(new Uint8Array(part), at)
    at += part.byteLength
  }
  return whole
}
