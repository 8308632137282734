import {
  type Callback,
  type Clock,
  deriveSeed,
  type Fold,
  type JsonObject,
  type Leg,
  type LegContext,
  type LegResult,
  type Measurement,
  type PreparedFold,
  RondoError,
} from '@rondo/core'
import type { Numerics } from '@rondo/kernels'
import type { Tf } from '../backend/start.ts'
import { makeStep, type StepChoice } from '../step/make-step.ts'
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint, epochsDone } from './checkpoint.ts'
import type { FoldState } from './fold-state.ts'
import { requireMetric } from './metric.ts'
import { type SavedFold, writeModel } from './save-model.ts'
import { type FoldTraining, trainFold } from './train-fold.ts'
import { buildModel, developmentFolds, type LegParts } from './trial-setup.ts'

/** What training works with besides the data and the model. */
export interface TrainLegParts extends LegParts {
  readonly tf: Tf
  readonly clock: Clock
  readonly callbacks: () => readonly Callback[]
  readonly checkpointEveryMs: number
  readonly memoryMb: number
  readonly step: StepChoice
  readonly numerics: Numerics
}

/**
 * Trains a leg's folds one after the other, each to the leg's epochs, from the leg's checkpoint where it has one. The
 * result is the same bits in however many legs a trial comes this far.
 */
export async function trainLeg(parts: TrainLegParts, leg: Leg, context: LegContext): Promise<LegResult> {
  requireMetric(parts.dataset, leg.objective)
  const began = parts.clock.monotonic()
  const from = leg.from === undefined ? undefined : decodeCheckpoint(await context.artifacts.read(leg.from))
  const folds = developmentFolds(parts, leg)
  if (leg.budget.folds > folds.length) {
    throw new RondoError('RONDO_SPLIT_INVALID', {
      message: `The leg asks for ${leg.budget.folds} folds; the splitter makes ${folds.length}.`,
      value: leg.budget.folds,
    })
  }
  const run = new LegRun(parts, leg, context, from)
  for (let fold = 0; fold < leg.budget.folds; fold++) {
    if (!(await run.fold(fold, folds[fold]!))) {
      return { outcome: 'interrupted', measurements: run.measurements, checkpoint: await run.checkpoint() }
    }
  }
  return run.finish(folds, began)
}

/** The epochs of a fold where every fold gets its full budget: the hyperparameter `epochs` may ask for fewer. */
function fullEpochs({ params, fullBudget }: Leg): number {
  const { epochs } = params
  return typeof epochs === 'number' ? Math.min(epochs, fullBudget.epochs) : fullBudget.epochs
}

class LegRun {
  readonly measurements: Measurement[]
  readonly #parts: TrainLegParts
  readonly #leg: Leg
  readonly #context: LegContext
  readonly #states: FoldState[]
  #checkpointedAt: number
  /** What has trained; null where nothing was left to train. */
  #stepKind: string | null = null
  /** Of the folds that this leg has trained, at their last epoch. */
  readonly #gates: JsonObject[] = []

  constructor(parts: TrainLegParts, leg: Leg, context: LegContext, from: Checkpoint | undefined) {
    this.#parts = parts
    this.#leg = leg
    this.#context = context
    this.#states = [...(from?.folds ?? [])]
    // A checkpoint of this same leg was written in its midst: what it measured belongs to this result.
    this.measurements = from?.leg === leg.leg ? [...from.measurements] : []
    this.#checkpointedAt = parts.clock.monotonic()
  }

  /** Trains one fold as far as the leg goes; false where it was interrupted before. */
  async fold(number: number, rows: Fold): Promise<boolean> {
    const state = this.#states[number]
    const target = Math.min(this.#leg.budget.epochs, fullEpochs(this.#leg))
    if (state !== undefined && (state.ended !== null || state.epoch >= target)) return true
    const { tf, dataset, memoryMb, callbacks } = this.#parts
    const data = dataset.development().prepare(rows, this.#leg.params)
    const { model, recipe } = await buildModel(this.#parts, this.#leg, number, data)
    try {
      const { trial } = this.#leg
      const seed = deriveSeed({ seed: this.#leg.seed, trial, purpose: 'dropout' })
      const stepParts = { tf, model, recipe, data, seed, fold: number, memoryMb, trial }
      const { step, note } = await makeStep(stepParts, this.#parts.step, this.#parts.numerics)
      if (note !== undefined) this.#context.send({ type: 'noted', note })
      this.#stepKind = step.kind
      try {
        const training = trainFold(
          {
            leg: this.#leg,
            fold: number,
            data,
            recipe,
            step,
            callbacks: callbacks(),
            fullEpochs: fullEpochs(this.#leg),
          },
          state,
        )
        return await this.#train(number, training, target)
      } finally {
        step.dispose()
      }
    } finally {
      model.dispose()
    }
  }

  async #train(number: number, training: FoldTraining, target: number): Promise<boolean> {
    const { clock, checkpointEveryMs } = this.#parts
    for (;;) {
      const measurement = await training.epoch()
      this.measurements.push(measurement)
      this.#context.send({ type: 'measured', measurement })
      const done = training.ended !== null || training.epochs >= target
      const interrupted = this.#context.signal.aborted
      const isDue = clock.monotonic() - this.#checkpointedAt >= checkpointEveryMs
      if (done || interrupted || isDue) this.#states[number] = training.state()
      if (done) this.#gates.push(...training.gates().map((gate) => ({ fold: number, ...gate })))
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
    const files = encodeCheckpoint({ leg, measurements: this.measurements, folds: this.#states })
    return this.#context.artifacts.write(
      `trials/${trial}/checkpoint-${leg}-${epochsDone(this.#states)}`,
      files,
    )
  }

  async finish(folds: readonly Fold[], began: number): Promise<LegResult> {
    const { tf, clock, dataset } = this.#parts
    const { budget, fullBudget, params } = this.#leg
    const states = this.#states.slice(0, budget.folds)
    const saved: SavedFold[] = []
    for (const state of states) {
      const data: PreparedFold = dataset.development().prepare(folds[state.fold]!, params)
      saved.push({ state, data })
    }
    const checkpoint = await this.checkpoint()
    const model = await writeModel({ ...this.#parts, tf }, this.#leg, this.#context.artifacts, saved)
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
        gates: this.#gates,
        seconds: Math.round(clock.monotonic() - began) / 1000,
      },
    }
  }
}
