import type { ArtifactRef, ArtifactStore, Leg, PreparedFold } from '@rondo/core'
import type { Tf } from '../backend/start.ts'
import { modelFiles } from '../model/save.ts'
import { writeWeights } from '../model/weights.ts'
import { type FoldState, savedWeights } from './fold-state.ts'
import { encodeJson } from './json-file.ts'
import { buildModel, type LegParts } from './trial-setup.ts'

/** A fold whose model is to be saved. */
export interface SavedFold {
  readonly state: FoldState
  readonly data: PreparedFold
}

/**
 * Writes what can become `best/`: the first fold's `model.json`, `weights.bin` and `preprocess.json`, the same of every
 * further fold in `fold-<i>/`, `params.json` and `metrics.json`.
 */
export async function writeModel(
  parts: LegParts & { readonly tf: Tf },
  leg: Leg,
  artifacts: ArtifactStore,
  folds: readonly SavedFold[],
): Promise<ArtifactRef> {
  const files: { [name: string]: Uint8Array } = {
    'params.json': encodeJson(leg.params),
    'metrics.json': encodeJson({
      objective: leg.objective,
      folds: folds.map(({ state }) => {
        const { epoch, metrics } = savedWeights(state)
        return { fold: state.fold, epoch, metrics }
      }),
    }),
  }
  for (const { state, data } of folds) {
    const folder = state.fold === 0 ? '' : `fold-${state.fold}/`
    const { model } = await buildModel(parts, leg, state.fold, data)
    try {
      writeWeights(parts.tf, model, savedWeights(state).weights)
      for (const [name, bytes] of Object.entries(await modelFiles(model))) files[folder + name] = bytes
    } finally {
      model.dispose()
    }
    files[`${folder}preprocess.json`] = encodeJson(data.preprocess)
  }
  return artifacts.write(`trials/${leg.trial}/model-${leg.leg}`, files)
}
