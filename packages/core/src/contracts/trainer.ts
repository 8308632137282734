import { token } from '../composition/token.ts'
import type { JsonObject } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { ArtifactRef, ArtifactStore } from './artifacts.ts'
import type { Budget } from './budget.ts'
import type { Tags } from './history.ts'
import type { Objective } from './objective.ts'

/** One stretch of work on a trial, as data. */
export interface Leg {
  /**
   * `train` works on the folds of the development rows. `refit` trains on all development rows for as many updates as
   * the first fold had made after `budget.epochs`, without callbacks. `evaluate` trains nothing: it scores the model
   * of `from` and its `rivals` on the test rows, and is given out by `finish` alone.
   */
  readonly kind: 'train' | 'refit' | 'evaluate'
  readonly trial: number
  /** The number of this leg in its trial, from 0. */
  readonly leg: number
  /** How often this leg was begun before. */
  readonly attempt: number
  readonly params: Params
  readonly seed: number
  readonly objective: Objective
  /** How far to go, counted from the trial's beginning. */
  readonly budget: Budget
  /** The study's full budget: schedules and early stopping span it, not the leg. */
  readonly fullBudget: Budget
  readonly tags: Tags
  /** Where to go on; absent: from nothing. */
  readonly from?: ArtifactRef
  readonly refit?: Refit
  /** Of an `evaluate` leg: other models to be scored on the same rows. */
  readonly rivals?: readonly Rival[]
}

/** A trained model that another is compared with. */
export interface Rival {
  readonly params: Params
  readonly model: ArtifactRef
}

/** What a `refit` leg repeats. */
export interface Refit {
  /** Which of the seeds that were fixed beforehand, from 0; part of every address of its randomness. */
  readonly replica: number
  /** The learning rate of each epoch of the first fold, to be replayed; where absent, the recipe's. */
  readonly learningRates?: readonly number[]
  /** The dropout rate of each epoch of the first fold, where it was scheduled. */
  readonly dropoutRates?: readonly number[]
  /** The model of the folds, whose calibration on validation rows (threshold, intervals) is kept. */
  readonly model?: ArtifactRef
}

/** Metrics after an epoch of a fold, in data units. */
export interface Measurement {
  readonly fold: number
  /** From 1. */
  readonly epoch: number
  /**
   * By name: `loss`, `val_loss`, `val_mae`, … Values may be NaN. With `pooled_` before it, a metric is that of the
   * validation samples of this fold and of those before it, all together.
   */
  readonly metrics: { readonly [name: string]: number }
}

/** What a running leg says. */
export type LegMessage =
  | { readonly type: 'measured'; readonly measurement: Measurement }
  /** A checkpoint in the midst of the leg; a leg begun again goes on from it, bit for bit. */
  | { readonly type: 'checkpointed'; readonly checkpoint: ArtifactRef; readonly measured: number }
  /** Something the study should say once: a layer that the compiled step does not cover, say. */
  | { readonly type: 'noted'; readonly note: string }

/** How a leg ended. */
export interface LegResult {
  /** `reached` its budget; `ended` itself below it (early stopping) and has nothing left to do; was `interrupted`. */
  readonly outcome: 'reached' | 'ended' | 'interrupted'
  /**
   * Every measurement of the leg, those before a mid-leg checkpoint included, in the order of fold, then epoch; of an
   * interrupted leg those made so far.
   */
  readonly measurements: readonly Measurement[]
  /**
   * What the best constant prediction scores on the first fold, by metric: a model that is no better has learned
   * nothing. Absent where that is not known, or it is too early to say.
   */
  readonly constant?: { readonly [name: string]: number }
  /** Where a later leg goes on. */
  readonly checkpoint?: ArtifactRef
  /** A directory that can become `best/`: model, params, preprocessing, metrics. */
  readonly model?: ArtifactRef
  /** For a person, in the log: epochs trained, why it ended, seconds. */
  readonly summary?: JsonObject
  /** Of an `evaluate` leg: the scores of {@link Leg.rivals}, in their order. */
  readonly rivals?: readonly RivalScore[]
}

/** How a model's score differs from another's on the same rows. */
export interface ScoreDifference {
  /** The objective's metric of the model less that of the other. */
  readonly value: number
  /** The ends of an interval of it, by which rows there might have been. */
  readonly low: number
  readonly high: number
  /** The share of such intervals that hold the true difference. */
  readonly coverage: number
}

/** What a {@link Rival} achieves. */
export interface RivalScore {
  readonly metrics: { readonly [metric: string]: number }
  /** Of the model of `from` to this one; absent where the trainer can't tell. */
  readonly difference?: ScoreDifference
}

/** What a trainer is given besides the leg. */
export interface LegContext {
  /** Aborted when the leg is to write a checkpoint at the end of the epoch and end as `interrupted`. */
  readonly signal: AbortSignal
  readonly artifacts: ArtifactStore
  send(message: LegMessage): void
}

/** Runs a leg. One for each process; it may keep what it loaded, and nothing else, between legs. */
export interface Trainer {
  run(leg: Leg, context: LegContext): Promise<LegResult>
  /** The hyperparameters that it reads itself, such as `batchSize`. */
  readonly hyperparameters?: readonly string[]
  /** What its results depend on besides options and leg: numerics, training step. Part of the fingerprint. */
  readonly environment?: JsonObject
}

export const TRAINER = token<Trainer>('trainer')
