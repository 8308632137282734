import { type ArtifactFiles, type Json, RondoError } from '@rondo/core'
import { decodeJson } from '../leg/json-file.ts'

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
 * read or `weights.bin` is not as long as the weights that it lists.
 */
export function readNetwork(files: ArtifactFiles, folder = ''): Network {
  const model = modelJson(file(files, 'model.json'), folder)
  const weights = file(files, 'weights.bin')
  const wanted = model.entries.reduce(
    (sum, { shape }) => sum + WEIGHT_BYTES * shape.reduce((product, size) => product * size, 1),
    0,
  )
  if (weights.length === wanted) return { ...model, weights }
  throw damagedModel(
    `${folder}weights.bin has ${weights.length} bytes, and the model of model.json beside it ${wanted} bytes of weights: it was cut off, or is that of another model.`,
    `${folder}weights.bin`,
    { value: weights.length },
  )
}

/** RONDO_ARTIFACT_DAMAGED of a file of a saved model. */
export const damagedModel = (
  message: string,
  file: string,
  details: { readonly value?: Json; readonly cause?: unknown } = {},
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

function modelJson(bytes: Uint8Array, folder: string): Pick<Network, 'topology' | 'entries'> {
  const path = `${folder}model.json`
  let json: Json
  try {
    json = decodeJson(bytes)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw damagedModel(`${path} is no JSON: ${why}.`, path, { cause })
  }
  const { modelTopology, weightsManifest } = (json ?? {}) as {
    readonly modelTopology?: unknown
    readonly weightsManifest?: readonly [{ readonly weights?: unknown }?]
  }
  const entries = Array.isArray(weightsManifest) ? weightsManifest[0]?.weights : undefined
  if (typeof modelTopology === 'object' && modelTopology !== null && areEntries(entries)) {
    return { topology: modelTopology, entries }
  }
  throw damagedModel(`${path} describes no model with its weights.`, path)
}

const areEntries = (value: unknown): value is readonly WeightEntry[] =>
  Array.isArray(value) &&
  value.every(
    (entry: Partial<WeightEntry> | null) =>
      Array.isArray(entry?.shape) && entry.shape.every((size) => Number.isInteger(size)),
  )
