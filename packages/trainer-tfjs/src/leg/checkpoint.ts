import { type ArtifactFiles, type Measurement, RondoError } from '@rondo/core'
import { file } from '../model/read-network.ts'
import type { FoldState } from './fold-state.ts'
import type { GateReading } from './gate-curves.ts'
import { decodeJson, encodeJson } from './json-file.ts'

/** Of the files; a checkpoint of another is refused. */
const FORMAT = 4

/** A trial between two epochs. */
export interface Checkpoint {
  /** The leg that it was written in. */
  readonly leg: number
  /** What that leg has measured so far. */
  readonly measurements: readonly Measurement[]
  /** What it has read of gates so far. */
  readonly gates: readonly GateReading[]
  /** What that leg found a constant prediction to score, once the first fold was done. */
  readonly constant?: { readonly [metric: string]: number }
  /** Of the folds that have begun, by their number. */
  readonly folds: readonly FoldState[]
  /** What the folds gave for their validation samples, `[epochs, samples, outputs]`, where a metric is pooled over folds. */
  readonly pooled: readonly Float32Array[]
}

/** Epochs over all folds; what a checkpoint is named by. */
export const epochsDone = (folds: readonly FoldState[]): number =>
  folds.reduce((sum, { epoch }) => sum + epoch, 0)

/**
 * The files of a checkpoint: `state.json` and, for each fold, its weights, its optimizer's state and the weights that
 * it has kept, each with what they give for the validation samples, as raw bytes. They hold nothing but what training depends on: no time, no machine.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): ArtifactFiles {
  const { leg, measurements, gates, constant, folds, pooled } = checkpoint
  const files: { [name: string]: Uint8Array } = {}
  const states = folds.map(({ weights, outputs, optimizer, best, ...state }) => {
    files[`fold-${state.fold}/weights.bin`] = weights
    files[`fold-${state.fold}/outputs.bin`] = bytesOf(outputs)
    files[`fold-${state.fold}/optimizer.bin`] = optimizer
    if (best === null) return { ...state, best }
    files[`fold-${state.fold}/best.bin`] = best.weights
    files[`fold-${state.fold}/best-outputs.bin`] = bytesOf(best.outputs)
    return { ...state, best: { epoch: best.epoch, metrics: best.metrics } }
  })
  for (const [fold, outputs] of pooled.entries()) files[`fold-${fold}/pooled.bin`] = bytesOf(outputs)
  files['state.json'] = encodeJson({
    format: FORMAT,
    leg,
    measurements,
    gates,
    ...(constant && { constant }),
    folds: states,
    pooled: pooled.length,
  })
  return files
}

/** @throws RONDO_CHECKPOINT_INVALID, RONDO_ARTIFACT_MISSING */
export function decodeCheckpoint(files: ArtifactFiles): Checkpoint {
  const { format, leg, measurements, gates, constant, folds, pooled } = decodeJson(
    file(files, 'state.json'),
  ) as unknown as Omit<Checkpoint, 'pooled'> & {
    readonly format: number
    /** How many folds. */
    readonly pooled: number
  }
  if (format !== FORMAT) {
    throw new RondoError('RONDO_CHECKPOINT_INVALID', {
      message: `The checkpoint has format ${format}; this version reads ${FORMAT}.`,
      value: format,
    })
  }
  return {
    leg,
    measurements,
    gates,
    ...(constant && { constant }),
    pooled: Array.from({ length: pooled }, (_, fold) => floatsOf(file(files, `fold-${fold}/pooled.bin`))),
    folds: folds.map((state) => ({
      ...state,
      weights: file(files, `fold-${state.fold}/weights.bin`),
      outputs: floatsOf(file(files, `fold-${state.fold}/outputs.bin`)),
      optimizer: file(files, `fold-${state.fold}/optimizer.bin`),
      best:
        state.best === null
          ? null
          : {
              ...state.best,
              weights: file(files, `fold-${state.fold}/best.bin`),
              outputs: floatsOf(file(files, `fold-${state.fold}/best-outputs.bin`)),
            },
    })),
  }
}

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** A copy: a file's bytes may begin anywhere in their buffer. */
const floatsOf = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer)
