import { multiToken } from '../composition/token.ts'
import type { Json } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { Objective } from './objective.ts'

/** What a callback knows of the fold that it accompanies. */
export interface FoldStart {
  readonly trial: number
  readonly fold: number
  readonly params: Params
  readonly objective: Objective
  /** The full budget's epochs: what schedules span. */
  readonly epochs: number
  /** Updates of one epoch. */
  readonly updatesPerEpoch: number
}

/** What a callback learns at the end of an epoch. */
export interface EpochEnd {
  /** From 1. */
  readonly epoch: number
  readonly metrics: { readonly [name: string]: number }
  /** Of the objective, from {@link EpochEnd.metrics}. */
  readonly value: number
}

/** What a callback can do. It never touches tensors. */
export interface TrainingControl {
  readonly learningRate: number
  setLearningRate(learningRate: number): void
  /** Sets the rate of every dropout layer of the model (0 ≤ rate < 1). */
  setDropout(rate: number): void
  /** Keeps the present weights as the best so far; they are in every checkpoint and are what the trial saves. */
  keepBest(): void
  /** Ends the fold's training after this epoch, with the reason. */
  stop(reason: string): void
}

/**
 * Reacts to training; a new one for each fold. It may only depend on what it is told, and on its state, which goes
 * through `state` and `restore` at a checkpoint, so that a resumed leg goes on bit for bit.
 */
export interface Callback {
  readonly name: string
  onFoldStart?(start: FoldStart, control: TrainingControl): void
  /** Before each update; `update` counts from 0 over the whole fold. */
  onUpdate?(update: number, control: TrainingControl): void
  onEpochEnd?(end: EpochEnd, control: TrainingControl): void
  /**
   * False while training is not to be judged yet (the learning rate is still rising, say); absent: it may be. Asked at
   * the end of an epoch.
   */
  readonly settled?: boolean
  /** Everything that it needs to go on, as JSON; `null` where it has no state. */
  state(): Json
  restore(state: Json): void
}

export const CALLBACK = multiToken<Callback>('callback')
