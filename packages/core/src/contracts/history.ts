import type { ErrorCode } from '../errors/catalogue.ts'
import type { Json } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { Budget } from './budget.ts'

/**
 * `queued` has been suggested and no leg has started; `paused` waits for its scheduler between two legs; `completed`
 * reached its full budget or ended itself (early stopping); `stopped` was ended by the scheduler; `failed` cannot go on.
 */
export type TrialState = 'queued' | 'running' | 'paused' | 'completed' | 'stopped' | 'failed'

/** Who chose a trial's params. */
export type TrialOrigin = 'search' | 'default' | 'enqueued'

/** A scheduler's marks on a leg (bracket, rung). They are in the log. */
export type Tags = { readonly [name: string]: Json }

/** The objective's metric after an epoch of a fold. */
export interface CurvePoint {
  readonly fold: number
  /** From 1. */
  readonly epoch: number
  /** In data units; NaN where training diverged. */
  readonly value: number
  /** The metric over this fold and those before it together, where it is one that is pooled. */
  readonly pooled?: number
}

/** A leg as the history shows it. */
export interface LegView {
  readonly budget: Budget
  readonly tags: Tags
  readonly state: 'running' | 'done' | 'failed'
}

/** Why a trial failed. */
export interface TrialFailure {
  /** `params` are at fault (NaN, too large); a `worker` died twice. */
  readonly cause: 'params' | 'worker'
  readonly code: ErrorCode
  readonly message: string
}

/** One trial as strategies and schedulers see it. */
export interface TrialView {
  /** From 0, without gaps. */
  readonly number: number
  readonly params: Params
  readonly origin: TrialOrigin
  /** What the strategy asked to remember with this suggestion. */
  readonly memo?: Json
  /** The trial that this one repeats with fresh seeds. */
  readonly replicateOf?: number
  readonly state: TrialState
  readonly legs: readonly LegView[]
  /** The budget behind {@link TrialView.value}; zeros before the first leg has ended. */
  readonly reached: Budget
  /** Every measurement of the finished legs, in the order of fold, then epoch. */
  readonly curve: readonly CurvePoint[]
  /** The best epoch of the mean curve over the folds (of the pooled one, where there is one); absent before the first leg has ended and where it is NaN. */
  readonly value?: number
  /**
   * The objective's value on the first fold of the best constant prediction: a trial that is no better there has
   * learned nothing. Absent where the trainer does not say.
   */
  readonly constant?: number
  /** The epoch of {@link TrialView.value}, from 1. */
  readonly bestEpoch?: number
  readonly failure?: TrialFailure
  /** The scheduler's reason, where stopped. */
  readonly stopReason?: string
}

/** What a decision may depend on. It grows from decision to decision; it is not to be kept or changed. */
export interface History {
  /** By number: `trials[i].number === i`. */
  readonly trials: readonly TrialView[]
  /** Trials that may still be started; Infinity without a limit. */
  readonly trialsLeft: number
  /**
   * The number of trials that the study is to come to, for strategies that plan their initial points: its limit, and
   * those trained by hand, which are not counted; Infinity without a limit.
   */
  readonly trialLimit: number
  /** The full budget of a trial. */
  readonly fullBudget: Budget
  /**
   * The trial that ranks first: by folds, then by the mean value over the trials of its params that have come the
   * furthest, of which it is the best; ties go to the lower number.
   */
  readonly best?: TrialView
  /** Whether a trial with the same active params has been suggested, failed ones included. */
  hasTried(params: Params): boolean
}
