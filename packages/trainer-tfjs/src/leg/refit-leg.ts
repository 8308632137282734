import {
  type ArtifactRef,
  deriveRng,
  type Fold,
  type Leg,
  type LegContext,
  type LegResult,
  type Measurement,
  type PreparedFold,
  RondoError,
} from '@rondo/core'
import type { TrainStep } from '../step/train-step.ts'
import { calibratedAs } from './calibrated.ts'
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts'
import { requireFinite } from './diverged.ts'
import type { FoldState } from './fold-state.ts'
import { makeLegStep } from './leg-step.ts'
import { calibrationOf } from './refit-calibration.ts'
import { type Replay, replayOf } from './replay.ts'
import { runningMean } from './running-mean.ts'
import { networkFiles, writeRefit } from './save-model.ts'
import type { TrainLegParts } from './train-leg-parts.ts'
import { trainPass } from './train-pass.ts'
import { buildModel, developmentFolds, largestWindow } from './trial-setup.ts'

/** Folds of a refit's randomness begin here: its weights, order and masks are those of no fold of the study. */
const FIRST_FOLD = 1_000_000

/** What is validated. */
const NONE = new Float32Array()

/** A refit in training. */
interface Refit {
  readonly leg: Leg
  readonly context: LegContext
  readonly fold: number
  readonly data: PreparedFold
  readonly batchSize: number
  readonly step: TrainStep
  readonly replay: Replay
}

/**
 * Trains the trial's model on every development row that can be scored, for as many updates as the first fold had made
 * after `budget.epochs`, each with the rates that it had then. There is no validation, and no callback is asked: what
 * they decided is in the number of epochs and in the rates. Every replica has weights, order and masks of its own.
 *
 * The model is the mean of the weights after each of the last updates, a tenth of them but at most an epoch's (Polyak
 * and Juditsky, 1992; Izmailov et al., 2018): the fold kept the best of many epochs, while here nothing tells a good
 * last update from a bad one. For the same reason the decision threshold and the widths of intervals are those of the
 * first fold's model.
 *
 * @throws RONDO_TRAIN_DIVERGED, RONDO_CHECKPOINT_INVALID
 */
export async function refitLeg(parts: TrainLegParts, leg: Leg, context: LegContext): Promise<LegResult> {
  const began = parts.clock.monotonic()
  const calibration = await calibrationOf(leg, context)
  const replica = leg.refit?.replica ?? 0
  const fold = FIRST_FOLD + replica
  const view = parts.dataset.development()
  const prepare = (rows: Fold): PreparedFold => view.prepare(rows, leg.params)
  const { targets } = view.targets(largestWindow(parts))
  const data = prepare({ train: targets, validation: new Int32Array() })
  const { model, recipe } = await buildModel(parts, leg, fold, data)
  try {
    const { batchSize } = recipe
    const samples = prepare(developmentFolds(parts, leg)[0]!).trainStarts.length
    const replay = replayOf(leg, recipe, Math.ceil(samples / batchSize))
    const step = await makeLegStep(parts, leg, context, { model, recipe, data, fold })
    try {
      const training = refitTraining({ leg, context, fold, data, batchSize, step, replay }, parts)
      const { state, measurements, checkpoint } = await training
      if (state.update < replay.updates) {
        return { outcome: 'interrupted', measurements, ...(checkpoint && { checkpoint }) }
      }
      const files = await networkFiles(parts.tf, model, state)
      const preprocess = calibratedAs(data, calibration)
      const rows = data.trainStarts.length
      return {
        outcome: 'reached',
        measurements,
        model: await writeRefit(leg, context.artifacts, { state, files, preprocess, replica, rows }),
        summary: {
          step: step.kind,
          replica,
          updates: state.update,
          rows,
          seconds: Math.round(parts.clock.monotonic() - began) / 1000,
        },
      }
    } finally {
      step.dispose()
    }
  } finally {
    model.dispose()
  }
}

interface Progress {
  readonly state: FoldState
  readonly measurements: readonly Measurement[]
  /** Where it was interrupted. */
  readonly checkpoint?: ArtifactRef
}

/** Pass after pass to the last update, or to the interruption. */
async function refitTraining(refit: Refit, { clock, checkpointEveryMs }: TrainLegParts): Promise<Progress> {
  const { leg, context, step, replay } = refit
  const { measurements, state: from } = await takeUp(refit)
  let state = from
  let checkpointedAt = clock.monotonic()
  while (state.update < replay.updates) {
    const { metrics, update, average } = await nextPass(refit, state)
    const measurement: Measurement = { fold: refit.fold, epoch: state.epoch + 1, metrics }
    measurements.push(measurement)
    context.send({ type: 'measured', measurement })
    const at = { epoch: measurement.epoch, update, metrics, learningRate: step.learningRate }
    const best = average && { epoch: measurement.epoch, metrics, weights: average, outputs: NONE }
    state = { ...state, ...at, best: best ?? null, weights: step.readWeights(), optimizer: step.snapshot() }
    if (update === replay.updates) break
    const isDue = clock.monotonic() - checkpointedAt >= checkpointEveryMs
    if (!context.signal.aborted && !isDue) continue
    const checkpoint = await writeCheckpoint(leg, context, state, measurements)
    if (context.signal.aborted) return { state, measurements, checkpoint }
    checkpointedAt = clock.monotonic()
    context.send({ type: 'checkpointed', checkpoint, measured: measurements.length })
  }
  return { state, measurements }
}

interface PassEnd {
  readonly metrics: Measurement['metrics']
  readonly update: number
  /** The mean of the weights so far, where it has begun. */
  readonly average: Uint8Array | undefined
}

/** Over every row once, or over so many as updates are left for. */
async function nextPass(
  { leg, fold, data, batchSize, step, replay }: Refit,
  { epoch, update, best }: FoldState,
): Promise<PassEnd> {
  let average = best?.weights
  const address = { seed: leg.seed, trial: leg.trial, fold, purpose: 'shuffle', step: epoch }
  const order = deriveRng(address).permutation(data.trainStarts.length)
  const { loss, learningRate, gradientNorm, ...after } = await trainPass({
    step,
    data,
    batchSize,
    order: order.subarray(0, batchSize * (replay.updates - update)),
    update,
    before: (number) => replay.before(number, step),
    after(number) {
      const count = number - replay.averageFrom
      if (count >= 0) average = runningMean(average, count, step.readWeights())
    },
  })
  requireFinite(loss, leg, `pass ${epoch + 1} of the refit`)
  return { metrics: { loss, learningRate, gradient_norm: gradientNorm }, update: after.update, average }
}

/** The state that the leg's checkpoint holds, or that of a beginning. */
async function takeUp({
  leg,
  context,
  fold,
  step,
}: Refit): Promise<{ state: FoldState; measurements: Measurement[] }> {
  if (leg.from === undefined) {
    const learningRate = step.learningRate
    const nothing = { dropout: null, ended: null, callbacks: [], metrics: {}, outputs: NONE, best: null }
    const weights = step.readWeights()
    const state = { ...nothing, fold, epoch: 0, update: 0, learningRate, weights, optimizer: step.snapshot() }
    return { state, measurements: [] }
  }
  const saved = decodeCheckpoint(await context.artifacts.read(leg.from))
  const state = saved.folds.find((candidate) => candidate.fold === fold)
  if (state === undefined) {
    throw new RondoError('RONDO_CHECKPOINT_INVALID', {
      message: `“${leg.from.name}” is no checkpoint of refit ${fold - FIRST_FOLD}.`,
      value: leg.from.name,
      place: { trial: leg.trial },
    })
  }
  step.writeWeights(state.weights)
  step.restore(state.optimizer)
  return { state, measurements: [...saved.measurements] }
}

function writeCheckpoint(
  { leg, trial }: Leg,
  { artifacts }: LegContext,
  state: FoldState,
  measurements: readonly Measurement[],
): Promise<ArtifactRef> {
  const name = `trials/${trial}/refit-${state.fold - FIRST_FOLD}-checkpoint-${state.epoch}`
  return artifacts.write(name, encodeCheckpoint({ leg, measurements, gates: [], folds: [state], pooled: [] }))
}
