import type { ArtifactFiles, Fold, Leg, LegContext, LegResult, Measurement, PreparedFold } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { type Calibration, calibratedTogether, calibrationOf } from './calibrated.ts'
import { type Checkpoint, encodeCheckpoint, epochsDone } from './checkpoint.ts'
import { constantScore } from './constant-prediction.ts'
import type { FoldState } from './fold-state.ts'
import { type GateReading, summarizeGates } from './gate-curves.ts'
import { type FoldModel, makeLegStep } from './leg-step.ts'
import { type PooledMetric, pooledMetric } from './pooled-metric.ts'
import { networkFiles, writeModel } from './save-model.ts'
import { type FoldTraining, trainFold } from './train-fold.ts'
import type { TrainLegParts } from './train-leg-parts.ts'
import { buildModel, fullEpochs } from './trial-setup.ts'

/** A fold's model, to be trained as far as the leg goes. */
interface FoldWork extends FoldModel {
  /** Epochs. */
  readonly target: number
}

/** What is saved of a fold. */
interface TrainedFold {
  readonly files: ArtifactFiles
  readonly calibration: Calibration
}

/**
 * A leg in training: the states of its folds, what it has measured, and its checkpoints.
 */
export class LegRun {
  readonly measurements: Measurement[]
  readonly #parts: TrainLegParts
  readonly #leg: Leg
  readonly #context: LegContext
  readonly #states: FoldState[]
  /** Of the folds that this leg has trained. */
  readonly #trained = new Map<number, TrainedFold>()
  readonly #folds: readonly Fold[]
  readonly #pooled: PooledMetric | undefined
  #checkpointedAt: number
  /** What has trained; null where nothing was left to train. */
  #stepKind: string | null = null
  readonly #gates: GateReading[]
  #constant: LegResult['constant']

  constructor(
    parts: TrainLegParts,
    leg: Leg,
    context: LegContext,
    folds: readonly Fold[],
    from: Checkpoint | undefined,
  ) {
    this.#parts = parts
    this.#leg = leg
    this.#context = context
    this.#folds = folds
    this.#pooled = pooledMetric(parts.dataset, leg, from?.pooled ?? [], (fold) => this.#prepare(fold))
    this.#states = [...(from?.folds ?? [])]
    // A checkpoint of this same leg was written in its midst: what it measured belongs to this result.
    this.measurements = from?.leg === leg.leg ? [...from.measurements] : []
    this.#gates = from?.leg === leg.leg ? [...from.gates] : []
    this.#constant = from?.leg === leg.leg ? from.constant : undefined
    this.#checkpointedAt = parts.clock.monotonic()
  }

  /** Trains one fold as far as the leg goes; false where it was interrupted before. */
  async fold(number: number): Promise<boolean> {
    const state = this.#states[number]
    const target = Math.min(this.#leg.budget.epochs, fullEpochs(this.#leg))
    if (state !== undefined && (state.ended !== null || state.epoch >= target)) return true
    const data = this.#prepare(number)
    const { model, recipe } = await buildModel(this.#parts, this.#leg, number, data)
    try {
      if (!(await this.#trainModel({ model, recipe, data, fold: number, target }))) return false
      this.#trained.set(number, await this.#filesOf(model, this.#states[number]!, data))
      return true
    } finally {
      model.dispose()
    }
  }

  #prepare(fold: number): PreparedFold {
    return this.#parts.dataset.development().prepare(this.#folds[fold]!, this.#leg.params)
  }

  async #filesOf(model: tfjs.LayersModel, state: FoldState, data: PreparedFold): Promise<TrainedFold> {
    const files = await networkFiles(this.#parts.tf, model, state)
    return { files, calibration: calibrationOf(data, state) }
  }

  async #trainModel(work: FoldWork): Promise<boolean> {
    const { fold, data, recipe, target } = work
    const step = await makeLegStep(this.#parts, this.#leg, this.#context, work)
    this.#stepKind = step.kind
    const parts = { leg: this.#leg, fold, data, recipe, step, fullEpochs: fullEpochs(this.#leg) }
    const callbacks = this.#parts.callbacks()
    try {
      const training = trainFold({ ...parts, callbacks }, this.#states[fold])
      const isDone = await this.#train(work, training, target)
      if (fold === 0 && callbacks.every(({ settled }) => settled !== false)) {
        this.#constant = withPrefix(constantScore(data, recipe.loss))
      }
      return isDone
    } finally {
      step.dispose()
    }
  }

  async #train({ fold: number, data }: FoldWork, training: FoldTraining, target: number): Promise<boolean> {
    const { clock, checkpointEveryMs, telemetry } = this.#parts
    const observed = telemetry ?? this.#stepKind === 'compiled'
    for (;;) {
      const own = await training.epoch()
      const measurement = this.#pooled?.add(own, data, training.outputs) ?? own
      this.measurements.push(measurement)
      if (observed) this.#gates.push(...training.gates())
      this.#context.send({ type: 'measured', measurement })
      const done = training.ended !== null || training.epochs >= target
      const interrupted = this.#context.signal.aborted
      const isDue = clock.monotonic() - this.#checkpointedAt >= checkpointEveryMs
      if (done || interrupted || isDue) this.#states[number] = training.state()
      if (done && !interrupted) return true
      if (interrupted) return done && number + 1 === this.#leg.budget.folds
      if (isDue) await this.#checkpointMidway()
    }
  }

  async #checkpointMidway(): Promise<void> {
    const checkpoint = await this.checkpoint()
    this.#checkpointedAt = this.#parts.clock.monotonic()
    this.#context.send({ type: 'checkpointed', checkpoint, measured: this.measurements.length })
  }

  checkpoint(): ReturnType<LegContext['artifacts']['write']> {
    const { trial, leg } = this.#leg
    const files = encodeCheckpoint({
      leg,
      measurements: this.measurements,
      gates: this.#gates,
      ...(this.#constant && { constant: this.#constant }),
      folds: this.#states,
      pooled: this.#pooled?.state() ?? [],
    })
    return this.#context.artifacts.write(
      `trials/${trial}/checkpoint-${leg}-${epochsDone(this.#states)}`,
      files,
    )
  }

  async finish(began: number): Promise<LegResult> {
    const { budget, fullBudget } = this.#leg
    const states = this.#states.slice(0, budget.folds)
    const trained: TrainedFold[] = []
    for (const state of states) trained.push(this.#trained.get(state.fold) ?? (await this.#rebuild(state)))
    const preprocesses = calibratedTogether(trained.map(({ calibration }) => calibration))
    const saved = states.map((state, i) => ({
      state,
      files: trained[i]!.files,
      preprocess: preprocesses[i]!,
    }))
    const checkpoint = await this.checkpoint()
    const model = await writeModel(this.#leg, this.#context.artifacts, saved)
    const hasEnded = ({ epoch, ended }: FoldState): boolean =>
      ended !== null || epoch >= fullEpochs(this.#leg)
    const isShort = states.some(({ epoch }) => epoch < budget.epochs)
    const nothingLeft = states.every(hasEnded) && budget.folds >= fullBudget.folds
    return {
      outcome: isShort && nothingLeft ? 'ended' : 'reached',
      measurements: this.measurements,
      ...(this.#constant && { constant: this.#constant }),
      checkpoint,
      model,
      summary: {
        step: this.#stepKind,
        epochs: states.map(({ epoch }) => epoch),
        ended: states.map(({ ended }) => ended),
        ...summarizeGates(this.#gates),
        seconds: Math.round(this.#parts.clock.monotonic() - began) / 1000,
      },
    }
  }

  /** What is saved of a fold that an earlier leg has trained. */
  async #rebuild(state: FoldState): Promise<TrainedFold> {
    const data = this.#prepare(state.fold)
    const { model } = await buildModel(this.#parts, this.#leg, state.fold, data)
    try {
      return await this.#filesOf(model, state, data)
    } finally {
      model.dispose()
    }
  }
}

/** Names of metrics as measurements have them: `val_mae`. */
const withPrefix = (scores: { readonly [metric: string]: number }): { readonly [metric: string]: number } =>
  Object.fromEntries(Object.entries(scores).map(([name, value]) => [`val_${name}`, value]))
