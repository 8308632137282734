import type { ArtifactFiles, Fold, Leg, LegContext, LegResult, Measurement } from '@rondo/core'
import { type Checkpoint, encodeCheckpoint, epochsDone } from './checkpoint.ts'
import type { FoldState } from './fold-state.ts'
import { type GateReading, summarizeGates } from './gate-curves.ts'
import { type FoldModel, makeLegStep } from './leg-step.ts'
import { foldFiles, type SavedFold, writeModel } from './save-model.ts'
import { type FoldTraining, trainFold } from './train-fold.ts'
import type { TrainLegParts } from './train-leg-parts.ts'
import { buildModel, fullEpochs } from './trial-setup.ts'

/** A fold's model, to be trained as far as the leg goes. */
interface FoldWork extends FoldModel {
  /** Epochs. */
  readonly target: number
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
  readonly #files = new Map<number, ArtifactFiles>()
  #checkpointedAt: number
  /** What has trained; null where nothing was left to train. */
  #stepKind: string | null = null
  readonly #gates: GateReading[]

  constructor(parts: TrainLegParts, leg: Leg, context: LegContext, from: Checkpoint | undefined) {
    this.#parts = parts
    this.#leg = leg
    this.#context = context
    this.#states = [...(from?.folds ?? [])]
    // A checkpoint of this same leg was written in its midst: what it measured belongs to this result.
    this.measurements = from?.leg === leg.leg ? [...from.measurements] : []
    this.#gates = from?.leg === leg.leg ? [...from.gates] : []
    this.#checkpointedAt = parts.clock.monotonic()
  }

  /** Trains one fold as far as the leg goes; false where it was interrupted before. */
  async fold(number: number, rows: Fold): Promise<boolean> {
    const state = this.#states[number]
    const target = Math.min(this.#leg.budget.epochs, fullEpochs(this.#leg))
    if (state !== undefined && (state.ended !== null || state.epoch >= target)) return true
    const { tf, dataset } = this.#parts
    const data = dataset.development().prepare(rows, this.#leg.params)
    const { model, recipe } = await buildModel(this.#parts, this.#leg, number, data)
    try {
      if (!(await this.#trainModel({ model, recipe, data, fold: number, target }))) return false
      this.#files.set(number, await foldFiles(tf, model, this.#states[number]!, data))
      return true
    } finally {
      model.dispose()
    }
  }

  async #trainModel(work: FoldWork): Promise<boolean> {
    const { fold, data, recipe, target } = work
    const step = await makeLegStep(this.#parts, this.#leg, this.#context, work)
    this.#stepKind = step.kind
    const parts = { leg: this.#leg, fold, data, recipe, step, fullEpochs: fullEpochs(this.#leg) }
    try {
      const training = trainFold({ ...parts, callbacks: this.#parts.callbacks() }, this.#states[fold])
      return await this.#train(fold, training, target)
    } finally {
      step.dispose()
    }
  }

  async #train(number: number, training: FoldTraining, target: number): Promise<boolean> {
    const { clock, checkpointEveryMs, telemetry } = this.#parts
    const observed = telemetry ?? this.#stepKind === 'compiled'
    for (;;) {
      const measurement = await training.epoch()
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
      folds: this.#states,
    })
    return this.#context.artifacts.write(
      `trials/${trial}/checkpoint-${leg}-${epochsDone(this.#states)}`,
      files,
    )
  }

  async finish(folds: readonly Fold[], began: number): Promise<LegResult> {
    const { budget, fullBudget } = this.#leg
    const states = this.#states.slice(0, budget.folds)
    const saved: SavedFold[] = []
    for (const state of states) saved.push({ state, files: await this.#filesOf(state, folds[state.fold]!) })
    const checkpoint = await this.checkpoint()
    const model = await writeModel(this.#leg, this.#context.artifacts, saved)
    const hasEnded = ({ epoch, ended }: FoldState): boolean =>
      ended !== null || epoch >= fullEpochs(this.#leg)
    const isShort = states.some(({ epoch }) => epoch < budget.epochs)
    const nothingLeft = states.every(hasEnded) && budget.folds >= fullBudget.folds
    return {
      outcome: isShort && nothingLeft ? 'ended' : 'reached',
      measurements: this.measurements,
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

  /** The files of a fold's model; built anew where an earlier leg has trained it. */
  async #filesOf(state: FoldState, rows: Fold): Promise<ArtifactFiles> {
    const files = this.#files.get(state.fold)
    if (files !== undefined) return files
    const data = this.#parts.dataset.development().prepare(rows, this.#leg.params)
    const { model } = await buildModel(this.#parts, this.#leg, state.fold, data)
    try {
      return await foldFiles(this.#parts.tf, model, state, data)
    } finally {
      model.dispose()
    }
  }
}
