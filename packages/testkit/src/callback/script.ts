import type { Callback, Json, Objective, TrainingControl } from '@rondo/core'

/** A fold that is trained only in name: the values that its epochs come to are made up. */
export interface Script {
  readonly title: string
  readonly objective: Objective
  /** Of the objective, epoch after epoch. */
  readonly values: readonly number[]
  readonly updatesPerEpoch: number
  /** Epochs of the full budget; as many as there are values where absent. */
  readonly epochs?: number
}

/** Something that a callback did. */
export interface Action {
  /** After which update it was done; for schedules the one about to be made. */
  readonly update: number
  readonly epoch: number
  readonly did: 'learningRate' | 'dropout' | 'keepBest' | 'stop'
  readonly value: number | string | null
}

/** A fold's training as far as callbacks can tell; can be left at an epoch and gone on with by new instances. */
export interface FoldRun {
  readonly actions: readonly Action[]
  readonly epoch: number
  readonly isOver: boolean
  /** The callback's own state, and what the checkpoint keeps for it. */
  save(): Checkpoint
  trainEpoch(): void
}

/** What a checkpoint has of a callback. */
export interface Checkpoint {
  readonly epoch: number
  readonly state: Json
  readonly learningRate: number
  readonly dropout: number
}

const FIRST_RATE = 0.01
const FIRST_DROPOUT = 0.1

/** Begins a fold, or goes on from a checkpoint in the order in which a trainer does. */
export function startFold(callback: Callback, script: Script, from?: Checkpoint): FoldRun {
  const { objective, values, updatesPerEpoch, epochs = values.length } = script
  const actions: Action[] = []
  let epoch = from?.epoch ?? 0
  let update = epoch * updatesPerEpoch
  let learningRate = FIRST_RATE
  let dropout = FIRST_DROPOUT
  let isStopped = false
  const did = (what: Action['did'], value: Action['value']): void => {
    actions.push({ update, epoch, did: what, value })
  }
  const control: TrainingControl = {
    get learningRate() {
      return learningRate
    },
    setLearningRate(rate) {
      learningRate = rate
      did('learningRate', rate)
    },
    setDropout(rate) {
      dropout = rate
      did('dropout', rate)
    },
    keepBest: () => did('keepBest', null),
    stop(reason) {
      isStopped = true
      did('stop', reason)
    },
  }
  const params = { learningRate: FIRST_RATE, dropout: FIRST_DROPOUT }
  callback.onFoldStart?.({ trial: 0, fold: 0, params, objective, epochs, updatesPerEpoch }, control)
  if (from !== undefined) {
    callback.restore(from.state)
    learningRate = from.learningRate
    dropout = from.dropout
    // What it did at the start of a fold that is gone on with has been overwritten by the checkpoint.
    actions.length = 0
  }
  return {
    actions,
    get epoch() {
      return epoch
    },
    get isOver() {
      return isStopped || epoch >= values.length
    },
    save: () => ({
      epoch,
      state: JSON.parse(JSON.stringify(callback.state())) as Json,
      learningRate,
      dropout,
    }),
    trainEpoch() {
      for (let i = 0; i < updatesPerEpoch; i++) {
        callback.onUpdate?.(update, control)
        update++
      }
      const value = values[epoch]!
      epoch++
      const metrics = { loss: value, val_loss: value, [objective.metric]: value }
      callback.onEpochEnd?.({ epoch, metrics, value }, control)
    },
  }
}

/** Trains a fold to its end. */
export function runFold(callback: Callback, script: Script): FoldRun {
  const run = startFold(callback, script)
  while (!run.isOver) run.trainEpoch()
  return run
}
