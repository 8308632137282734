import { isDeepStrictEqual } from 'node:util'
import {
  type ArtifactFiles,
  type DatasetView,
  type Fold,
  type JsonObject,
  type Leg,
  type LegContext,
  type LegResult,
  type PreparedFold,
  RondoError,
} from '@rondo/core'
import type { Tf } from '../backend/start.ts'
import { file, loadModel } from '../model/load.ts'
import { predict } from '../model/predict.ts'
import type { Windows } from '../model/windows.ts'
import { decodeJson, encodeJson } from './json-file.ts'
import { type LegParts, largestWindow } from './trial-setup.ts'

/**
 * Scores the model of `leg.from` on the test rows, with the metrics' bare names, and beside it the baselines on the same
 * rows. Nothing is trained.
 *
 * @throws RONDO_CHECKPOINT_INVALID where the data no longer gives the preprocessing that the model was trained with.
 */
export async function evaluateLeg(
  parts: LegParts & { readonly tf: Tf },
  leg: Leg,
  context: LegContext,
): Promise<LegResult> {
  if (leg.from === undefined) {
    throw new RondoError('RONDO_ARTIFACT_MISSING', {
      message: 'An evaluation needs a model.',
      place: { trial: leg.trial },
    })
  }
  const files = await context.artifacts.read(leg.from)
  const { view, fold } = parts.dataset.evaluation()
  const test = fold(largestWindow(parts))
  const data = prepareAsTrained(view, test, leg, files)
  const model = await loadModel(parts.tf, files)
  let outputs: Float32Array
  try {
    outputs = predict(parts.tf, model, validationWindows(data))
  } finally {
    model.dispose()
  }
  const measurement = { fold: 0, epoch: savedEpoch(files), metrics: data.score(outputs) }
  context.send({ type: 'measured', measurement })
  const baselines = parts.dataset.baselines(view, test, Math.max(largestWindow(parts), data.window))
  return {
    outcome: 'reached',
    measurements: [measurement],
    summary: { testRows: test.validation.length, baselines: baselines.map((score) => ({ ...score })) },
  }
}

/**
 * The test rows with the preprocessing that was saved with the model: scaled by the rows that it was trained on, not by
 * those of the test's own fold.
 */
function prepareAsTrained(view: DatasetView, test: Fold, leg: Leg, files: ArtifactFiles): PreparedFold {
  const saved = decodeJson(file(files, 'preprocess.json')) as JsonObject
  const data = view.prepare(test, leg.params, saved)
  // Through a file and back: the order of the keys says nothing.
  if (isDeepStrictEqual(decodeJson(encodeJson(data.preprocess)), saved)) return data
  throw new RondoError('RONDO_CHECKPOINT_INVALID', {
    message: 'The data gives another preprocessing than the one that the model was trained with.',
    place: { trial: leg.trial },
    remedy: 'Evaluate with the data file and the options of the study.',
  })
}

function validationWindows({ series, features, window, lengths, ...data }: PreparedFold): Windows {
  return {
    series,
    features,
    window,
    starts: data.validationStarts,
    ...(lengths && { lengths: data.validationTargets.map((row) => lengths[row]!) }),
  }
}

/** The epoch that the saved weights are from; 0 where the model doesn't say. */
function savedEpoch(files: ArtifactFiles): number {
  const metrics = files['metrics.json']
  if (metrics === undefined) return 0
  const { folds } = decodeJson(metrics) as { readonly folds?: readonly { readonly epoch?: number }[] }
  return folds?.[0]?.epoch ?? 0
}
