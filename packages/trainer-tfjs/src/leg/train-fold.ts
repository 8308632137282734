import {
  askPlugin,
  type Callback,
  deriveRng,
  type Leg,
  type Measurement,
  type PreparedFold,
  type Recipe,
  RondoError,
  type TrainingControl,
} from '@rondo/core'
import { EVALUATION_BATCH } from '../step/memory.ts'
import type { Samples, TrainStep } from '../step/train-step.ts'
import { requireFinite } from './diverged.ts'
import type { FoldState, KeptWeights } from './fold-state.ts'
import type { GateReading } from './gate-curves.ts'
import { pause } from './pause.ts'
import { type PassResult, trainPass } from './train-pass.ts'

/** What the training of one fold works with. */
export interface FoldParts {
  readonly leg: Leg
  readonly fold: number
  readonly data: PreparedFold
  readonly recipe: Recipe
  readonly step: TrainStep
  readonly callbacks: readonly Callback[]
  /** Epochs that schedules span. */
  readonly fullEpochs: number
}

/** One fold in training, an epoch at a time: the leg decides after each what to do. */
export interface FoldTraining {
  /** Trains one epoch and measures it. @throws RONDO_TRAIN_DIVERGED, RONDO_PLUGIN_FAILED. */
  epoch(): Promise<Measurement>
  /** Where it stands between two epochs. */
  state(): FoldState
  /** How far the LSTMs' gates open now over some of the validation samples, always the same ones. */
  gates(): readonly GateReading[]
  readonly ended: string | null
  readonly epochs: number
  /** What the last epoch gave for the validation samples, `[n, outputs]`. */
  readonly outputs: Float32Array
}

/**
 * Takes up a fold's training at `from`, or begins it. Callbacks are told of the fold's start either way; where there is
 * a state to go on from they then get theirs back, and what they did to the rates is undone.
 *
 * @throws RONDO_CHECKPOINT_INVALID
 */
export function trainFold(parts: FoldParts, from: FoldState | undefined): FoldTraining {
  const { leg, fold, data, recipe, step, callbacks, fullEpochs } = parts
  const { trial, seed, params, objective } = leg
  const samples = data.trainStarts.length
  const updatesPerEpoch = Math.ceil(samples / recipe.batchSize)
  let epoch = from?.epoch ?? 0
  let update = from?.update ?? 0
  let ended = from?.ended ?? null
  let dropout = from?.dropout ?? null
  let metrics = from?.metrics ?? {}
  let outputs = from?.outputs ?? new Float32Array()
  let best: KeptWeights | null = from?.best ?? null

  const control: TrainingControl = {
    get learningRate() {
      return step.learningRate
    },
    setLearningRate: (learningRate) => step.setLearningRate(learningRate),
    setDropout(rate) {
      dropout = rate
      step.setDropout(rate)
    },
    keepBest() {
      best = { epoch, metrics, weights: step.readWeights(), outputs }
    },
    stop(reason) {
      ended ??= reason
    },
  }
  const start = { trial, fold, params, objective, epochs: fullEpochs, updatesPerEpoch }
  const tell = (when: string, call: (callback: Callback) => void): void => {
    for (const callback of callbacks) askPlugin(callback, { when, place: { trial } }, () => call(callback))
  }
  tell(`fold ${fold + 1} started`, (callback) => callback.onFoldStart?.(start, control))
  if (from !== undefined) restore(parts, from, control)
  if (from !== undefined) {
    dropout = from.dropout
    ended = from.ended
    best = from.best
  }

  const trainEpoch = async (): Promise<PassResult> => {
    const order = deriveRng({ seed, trial, fold, purpose: 'shuffle', step: epoch }).permutation(samples)
    const before = (number: number): void => {
      tell('an update was to come', (callback) => callback.onUpdate?.(number, control))
    }
    const pass = await trainPass({ step, data, batchSize: recipe.batchSize, order, update, before })
    update = pass.update
    return pass
  }

  const validate = async (): Promise<{ readonly loss: number; readonly outputs: Float32Array }> => {
    const count = data.validationStarts.length
    const size = Math.max(EVALUATION_BATCH, recipe.batchSize)
    const outputs = new Float32Array(count * data.outputs)
    let lossSum = 0
    let weight = 0
    for (let first = 0; first < count; first += size) {
      const batch = {
        starts: data.validationStarts.subarray(first, first + size),
        targets: data.validationTargets.subarray(first, first + size),
      }
      const scored = step.evaluate(batch)
      outputs.set(scored.outputs, first * data.outputs)
      lossSum += scored.lossSum
      weight += scored.weight
      await pause()
    }
    return { loss: lossSum / weight, outputs }
  }

  return {
    get ended() {
      return ended
    },
    get epochs() {
      return epoch
    },
    get outputs() {
      return outputs
    },
    async epoch() {
      const rate = dropout
      const { loss, learningRate, gradientNorm } = await trainEpoch()
      epoch++
      requireFinite(loss, leg, `epoch ${epoch} of fold ${fold + 1}`)
      const validation = await validate()
      outputs = validation.outputs
      const scores = Object.entries(data.score(validation.outputs)).map(([name, value]) => [
        `val_${name}`,
        value,
      ])
      metrics = {
        loss,
        val_loss: validation.loss,
        ...Object.fromEntries(scores),
        learningRate,
        ...(rate === null ? {} : { dropout: rate }),
        gradient_norm: gradientNorm,
      }
      const end = { epoch, metrics, value: metrics[objective.metric]! }
      tell(`epoch ${epoch} of fold ${fold + 1} ended`, (callback) => callback.onEpochEnd?.(end, control))
      return { fold, epoch, metrics }
    },
    gates: () => step.telemetry(observedSamples(data)).map((gate) => ({ fold, epoch, ...gate })),
    state: () => ({
      fold,
      epoch,
      update,
      learningRate: step.learningRate,
      dropout,
      ended,
      callbacks: callbacks.map((callback) => ({ name: callback.name, state: callback.state() })),
      weights: step.readWeights(),
      optimizer: step.snapshot(),
      metrics,
      outputs,
      best,
    }),
  }
}

/** Validation samples whose gates are looked at. */
const OBSERVED = 64

/** Evenly spaced, so that they come from everywhere. */
function observedSamples({ validationStarts, validationTargets }: PreparedFold): Samples {
  const count = validationStarts.length
  const isObserved = (_: number, i: number): boolean =>
    Math.floor((i * OBSERVED) / count) !== Math.floor(((i - 1) * OBSERVED) / count)
  return { starts: validationStarts.filter(isObserved), targets: validationTargets.filter(isObserved) }
}

function restore({ step, callbacks, leg }: FoldParts, from: FoldState, control: TrainingControl): void {
  step.writeWeights(from.weights)
  step.restore(from.optimizer)
  const expected = callbacks.map(({ name }) => name).join(', ')
  const saved = from.callbacks.map(({ name }) => name).join(', ')
  if (saved !== expected) {
    throw new RondoError('RONDO_CHECKPOINT_INVALID', {
      message: `The checkpoint was written with the callbacks ${saved || '(none)'}; the study has ${expected || '(none)'}.`,
      value: saved,
      place: { trial: leg.trial },
    })
  }
  callbacks.forEach((callback, i) => {
    callback.restore(from.callbacks[i]!.state)
  })
  control.setLearningRate(from.learningRate)
  if (from.dropout !== null) control.setDropout(from.dropout)
}
