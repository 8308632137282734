import {
  type ArtifactFiles,
  type ArtifactRef,
  type ArtifactStore,
  type JsonObject,
  type Leg,
  type PreparedFold,
  RondoError,
} from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import { modelFiles } from '../model/save.ts'
import { splitWeights, writeWeights } from '../model/weights.ts'
import { calibrated } from './calibrated.ts'
import { type FoldState, savedWeights } from './fold-state.ts'
import { encodeJson } from './json-file.ts'

/** A fold with the files of its model, as {@link foldFiles} gives them. */
export interface SavedFold {
  readonly state: FoldState
  readonly files: ArtifactFiles
}

/**
 * `model.json`, `weights.bin` and `preprocess.json` of a fold. The model is left with the weights that are saved.
 *
 * @param from The preprocessing whose calibration is kept where there is no validation to calibrate on.
 * @throws RONDO_TRAIN_DIVERGED where a weight is no number: the loss of an epoch is taken before its last update.
 */
export async function foldFiles(
  tf: Tf,
  model: tfjs.LayersModel,
  state: FoldState,
  data: PreparedFold,
  from?: JsonObject,
): Promise<ArtifactFiles> {
  const { weights, epoch, outputs } = savedWeights(state)
  requireNumbers(weights, epoch)
  writeWeights(tf, model, weights)
  return { ...(await modelFiles(model)), 'preprocess.json': encodeJson(calibrated(data, outputs, from)) }
}

function requireNumbers(weights: Uint8Array, epoch: number): void {
  const value = splitWeights(weights, [weights.length / 4])[0]!.find((weight) => !Number.isFinite(weight))
  if (value === undefined) return
  throw new RondoError('RONDO_TRAIN_DIVERGED', {
    message: `A weight became ${value} in epoch ${epoch}, so that the model cannot be saved.`,
    value: String(value),
  })
}

/**
 * Writes what can become `best/`: the first fold's files, those of every further fold in `fold-<i>/`, `params.json` and
 * `metrics.json`.
 */
export function writeModel(
  leg: Leg,
  artifacts: ArtifactStore,
  folds: readonly SavedFold[],
): Promise<ArtifactRef> {
  const all: { [name: string]: Uint8Array } = {
    'params.json': encodeJson(leg.params),
    'metrics.json': encodeJson({
      objective: leg.objective,
      folds: folds.map(({ state }) => {
        const { epoch, metrics } = savedWeights(state)
        return { fold: state.fold, epoch, metrics }
      }),
    }),
  }
  for (const { state, files } of folds) {
    const folder = state.fold === 0 ? '' : `fold-${state.fold}/`
    for (const [name, bytes] of Object.entries(files)) all[folder + name] = bytes
  }
  return artifacts.write(`trials/${leg.trial}/model-${leg.leg}`, all)
}

/** A refit's only model. */
export interface SavedRefit extends SavedFold {
  readonly replica: number
  /** Samples that it was trained on. */
  readonly rows: number
}

/**
 * Writes what can become `best/` instead of the folds' models. It was validated on nothing: the epoch that
 * `metrics.json` names is that of the first fold that it repeats, its loss that of the train rows.
 */
export function writeRefit(
  { trial, params, objective, budget }: Leg,
  artifacts: ArtifactStore,
  { state, files, replica, rows }: SavedRefit,
): Promise<ArtifactRef> {
  const { update: updates, metrics } = state
  return artifacts.write(`trials/${trial}/refit-${replica}`, {
    ...files,
    'params.json': encodeJson(params),
    'metrics.json': encodeJson({
      objective,
      refit: { replica, updates, rows },
      folds: [{ fold: 0, epoch: budget.epochs, metrics }],
    }),
  })
}
