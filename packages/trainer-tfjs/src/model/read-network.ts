import { type ArtifactFiles, type Json, RondoError } from '@rondo/core'
import { decodeJson } from '../leg/json-file.ts'
import { hashOfWeights } from './weights-hash.ts'

/** One entry of tfjs's weights manifest. */
interface WeightEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
}

/** What `model.json` and `weights.bin` hold. */
export interface Network {
  readonly topology: object
  readonly entries: readonly WeightEntry[]
  readonly weights: Uint8Array
}

/** Every number in `weights.bin` is a 32-bit float. */
const WEIGHT_BYTES = 4

/**
 * `model.json` and `weights.bin` of a saved model, checked against each other.
 *
 * @param folder Where they lie, for messages; nothing is read from there.
 * @throws RONDO_ARTIFACT_MISSING where one of the files is not there, RONDO_ARTIFACT_DAMAGED where `model.json` can't be
 * read or `weights.bin` is not the file that it was written with.
 */
export function readNetwork(files: ArtifactFiles, folder = ''): Network {
  const model = modelJson(file(files, 'model.json'), folder)
  const weights = file(files, 'weights.bin')
  const wanted = model.entries.reduce(
    (sum, { shape }) => sum + WEIGHT_BYTES * shape.reduce((product, size) => product * size, 1),
    0,
  )
  const path = `${folder}weights.bin`
  if (weights.length !== wanted) {
    throw damagedModel(
      `${path} has ${weights.length} bytes, and the model of model.json beside it ${wanted} bytes of weights: it was cut off, or is that of another model.`,
      path,
      { value: weights.length },
    )
  }
  const { topology, entries, weightsSha256 } = model
  const hash = hashOfWeights(weights)
  if (hash === weightsSha256) return { topology, entries, weights }
  throw damagedModel(
    `${path} is not what model.json beside it was written with: bytes of it have changed, or it is that of another model. Its SHA-256 should be ${weightsSha256}.`,
    path,
    { value: hash },
  )
}

/** RONDO_ARTIFACT_DAMAGED of a file of a saved model. */
export const damagedModel = (
  message: string,
  file: string,
  details: { readonly value?: Json; readonly cause?: unknown; readonly remedy?: string } = {},
): RondoError =>
  new RondoError('RONDO_ARTIFACT_DAMAGED', {
    message,
    place: { file },
    remedy:
      'Copy the whole folder of the model anew, from where it is whole: model, weights and preprocessing belong together.',
    ...details,
  })

/** A file of an artifact. @throws RONDO_ARTIFACT_MISSING */
export function file(files: ArtifactFiles, name: string): Uint8Array {
  const bytes = files[name]
  if (bytes !== undefined) return bytes
  throw new RondoError('RONDO_ARTIFACT_MISSING', { message: `There is no file “${name}”.`, value: name })
}

interface ModelJson extends Pick<Network, 'topology' | 'entries'> {
  readonly weightsSha256: string
}

function modelJson(bytes: Uint8Array, folder: string): ModelJson {
  const path = `${folder}model.json`
  let json: Json
  try {
    json = decodeJson(bytes)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw damagedModel(`${path} is no JSON: ${why}.`, path, { cause })
  }
  const { modelTopology, weightsManifest, userDefinedMetadata } = (json ?? {}) as {
    readonly modelTopology?: unknown
    readonly weightsManifest?: readonly [{ readonly weights?: unknown }?]
    readonly userDefinedMetadata?: { readonly weightsSha256?: unknown }
  }
  const entries = Array.isArray(weightsManifest) ? weightsManifest[0]?.weights : undefined
  if (typeof modelTopology !== 'object' || modelTopology === null || !areEntries(entries)) {
    throw damagedModel(`${path} describes no model with its weights.`, path)
  }
  const weightsSha256 = userDefinedMetadata?.weightsSha256
  if (typeof weightsSha256 === 'string') return { topology: modelTopology, entries, weightsSha256 }
  throw damagedModel(
    `${path} has no hash of its weights, so that nothing tells whether weights.bin is its own: another program has written it, or an earlier version of Rondo.`,
    path,
    {
      value: 'userDefinedMetadata.weightsSha256',
      remedy:
        'Take a model folder as this version writes it: train the model again, with rondo finish or rondo tune.',
    },
  )
}

const areEntries = (value: unknown): value is readonly WeightEntry[] =>
  Array.isArray(value) &&
  value.every(
    (entry: Partial<WeightEntry> | null) =>
      Array.isArray(entry?.shape) && entry.shape.every((size) => Number.isInteger(size)),
  )
