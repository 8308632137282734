import {
  type ArtifactFiles,
  type ArtifactRef,
  type ArtifactStore,
  type JsonObject,
  type Leg,
  RondoError,
} from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import { modelFiles } from '../model/save.ts'
import { splitWeights, writeWeights } from '../model/weights.ts'
import { type FoldState, savedWeights } from './fold-state.ts'
import { encodeJson } from './json-file.ts'

/** A fold with the files of its model, as {@link networkFiles} gives them, and the preprocessing to save with it. */
export interface SavedFold {
  readonly state: FoldState
  readonly files: ArtifactFiles
  readonly preprocess: JsonObject
}

/**
 * `model.json` and `weights.bin` of a fold. The model is left with the weights that are saved.
 *
 * @throws RONDO_TRAIN_DIVERGED where a weight is no number: the loss of an epoch is taken before its last update.
 */
export function networkFiles(tf: Tf, model: tfjs.LayersModel, state: FoldState): Promise<ArtifactFiles> {
  const { weights, epoch } = savedWeights(state)
  requireNumbers(weights, epoch)
  writeWeights(tf, model, weights)
  return modelFiles(model)
}

const filesOf = ({ files, preprocess }: SavedFold): ArtifactFiles => ({
  ...files,
  'preprocess.json': encodeJson(preprocess),
})

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
  for (const fold of folds) {
    const folder = fold.state.fold === 0 ? '' : `fold-${fold.state.fold}/`
    for (const [name, bytes] of Object.entries(filesOf(fold))) all[folder + name] = bytes
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
  refit: SavedRefit,
): Promise<ArtifactRef> {
  const { state, replica, rows } = refit
  const { update: updates, metrics } = state
  return artifacts.write(`trials/${trial}/refit-${replica}`, {
    ...filesOf(refit),
    'params.json': encodeJson(params),
    'metrics.json': encodeJson({
      objective,
      refit: { replica, updates, rows },
      folds: [{ fold: 0, epoch: budget.epochs, metrics }],
    }),
  })
}
