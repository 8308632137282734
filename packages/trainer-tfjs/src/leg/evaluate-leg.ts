import { isDeepStrictEqual } from 'node:util'
import {
  type ArtifactFiles,
  type ArtifactRef,
  type BaselineScore,
  type DatasetView,
  type Fold,
  type JsonObject,
  type Leg,
  type LegContext,
  type LegResult,
  type Params,
  type PreparedFold,
  RondoError,
  type ScoreDifference,
} from '@rondo/core'
import { compareScores, type ScoredFold, type TableBaseline, type TableFold } from '@rondo/dataset'
import type { Tf } from '../backend/start.ts'
import { loadModel } from '../model/load.ts'
import { predict } from '../model/predict.ts'
import { file } from '../model/read-network.ts'
import type { Windows } from '../model/windows.ts'
import { decodeJson, encodeJson } from './json-file.ts'
import { type LegParts, largestWindow } from './trial-setup.ts'

/**
 * Scores the model of `leg.from` on the test rows, with the metrics' bare names, and beside it the leg's rivals and the
 * baselines on the same rows, each with how much it differs. Nothing is trained.
 *
 * @throws RONDO_CHECKPOINT_INVALID where the data no longer gives the preprocessing that a model was trained with.
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
  const test = parts.dataset.evaluation()
  const rows = test.fold(largestWindow(parts))
  const score = (params: Params, model: ArtifactRef): Promise<TestScore> =>
    scoreModel(parts.tf, { leg, context, view: test.view, rows, params, model })
  const own = await score(leg.params, leg.from)
  const measurement = { fold: 0, epoch: own.epoch, metrics: own.metrics }
  context.send({ type: 'measured', measurement })
  const rivals: TestScore[] = []
  for (const { params, model } of leg.rivals ?? []) rivals.push(await score(params, model))
  const baselines: readonly Baseline[] = parts.dataset.baselines(
    test.view,
    rows,
    Math.max(largestWindow(parts), own.window),
  )
  const differences = differencesTo(own, [...rivals, ...baselines], leg)
  return {
    outcome: 'reached',
    measurements: [measurement],
    rivals: rivals.map(({ metrics }, i) => ({
      metrics,
      ...(differences[i] && { difference: differences[i] }),
    })),
    summary: {
      testRows: rows.validation.length,
      baselines: baselines.map(({ name, metrics }, i) => {
        const difference = differences[rivals.length + i]
        return { name, metrics, ...(difference && { difference: { ...difference } }) }
      }),
    },
  }
}

/** Not every dataset's baselines tell what they predict. */
type Baseline = BaselineScore & Partial<Pick<TableBaseline, 'scored'>>

interface TestScore {
  readonly metrics: { readonly [metric: string]: number }
  /** The epoch that the saved weights are from; 0 where the model doesn't say. */
  readonly epoch: number
  readonly window: number
  readonly scored?: ScoredFold
}

interface ModelToScore {
  readonly leg: Leg
  readonly context: LegContext
  readonly view: DatasetView
  readonly rows: Fold
  readonly params: Params
  readonly model: ArtifactRef
}

async function scoreModel(
  tf: Tf,
  { leg, context, view, rows, params, model: ref }: ModelToScore,
): Promise<TestScore> {
  const files = await context.artifacts.read(ref)
  const data: PreparedFold & Partial<Pick<TableFold, 'scored'>> = prepareAsTrained(
    view,
    rows,
    { ...leg, params },
    files,
  )
  const model = await loadModel(tf, files)
  try {
    const outputs = predict(tf, model, validationWindows(data))
    return {
      metrics: data.score(outputs),
      epoch: savedEpoch(files),
      window: data.window,
      ...(data.scored && { scored: data.scored(outputs) }),
    }
  } finally {
    model.dispose()
  }
}

/** Of the objective's metric, to each of `others`, where they tell what they predict. */
function differencesTo(
  own: TestScore,
  others: readonly { readonly scored?: ScoredFold }[],
  { objective, seed }: Leg,
): readonly (ScoreDifference | undefined)[] {
  const scored = others.flatMap((other) => other.scored ?? [])
  if (own.scored === undefined || scored.length < others.length) return []
  return compareScores(own.scored, scored, { metric: objective.metric.replace(/^val_/, ''), seed })
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

function savedEpoch(files: ArtifactFiles): number {
  const metrics = files['metrics.json']
  if (metrics === undefined) return 0
  const { folds } = decodeJson(metrics) as { readonly folds?: readonly { readonly epoch?: number }[] }
  return folds?.[0]?.epoch ?? 0
}
