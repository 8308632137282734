import type { ArtifactRef } from '../contracts/artifacts.ts'
import type { Budget } from '../contracts/budget.ts'
import type { Tags, TrialFailure, TrialOrigin } from '../contracts/history.ts'
import type { Measurement } from '../contracts/trainer.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { StudySpec } from './study-spec.ts'

/**
 * What a decision was based on: the log up to `seen`, and, in an `ordered` study, those results of it whose virtual
 * time is at most `time`.
 */
export interface DecisionBasis {
  readonly seen: number
  /** Virtual time in epochs × folds; 0 in a study that is not ordered. */
  readonly time: number
}

/** Everything that happens to a study. The log is a list of these; the state of the study is a fold over them. */
export type StudyEvent =
  | { readonly type: 'study.created'; readonly spec: StudySpec }
  /** A longer (or shorter) budget, given when the study was resumed. */
  | { readonly type: 'study.amended'; readonly limits: StudySpec['limits'] }
  /** A process begins to work on the study. What ran when the one before died runs again from its last checkpoint. */
  | { readonly type: 'session.opened'; readonly environment: JsonObject }
  | { readonly type: 'session.closed'; readonly reason: StopReason }
  /** Params that the user wants tried; they come before the strategy's. */
  | { readonly type: 'params.enqueued'; readonly params: Params }
  | ({
      readonly type: 'trial.suggested'
      readonly trial: number
      readonly params: Params
      readonly origin: TrialOrigin
      readonly memo?: Json
      readonly replicateOf?: number
    } & DecisionBasis)
  | ({
      readonly type: 'leg.started'
      readonly trial: number
      readonly leg: number
      readonly budget: Budget
      readonly tags: Tags
      readonly from?: ArtifactRef
    } & DecisionBasis)
  /** The same leg given out again, from its last checkpoint: its worker died, or the process did, or it was interrupted. */
  | {
      readonly type: 'leg.restarted'
      readonly trial: number
      readonly leg: number
      readonly attempt: number
      readonly cause: 'worker' | 'session'
      readonly from?: ArtifactRef
    }
  /** A checkpoint in the midst of a leg. */
  | {
      readonly type: 'leg.checkpointed'
      readonly trial: number
      readonly leg: number
      readonly checkpoint: ArtifactRef
    }
  /**
   * A checkpoint was removed to save disk: its trial starts again from its params if it is taken further. The virtual
   * time is that of the state that it was chosen from.
   */
  | { readonly type: 'checkpoint.dropped'; readonly trial: number; readonly time: number }
  /** A leg has ended; the measurements behind its result are in the same event. */
  | {
      readonly type: 'leg.ended'
      readonly trial: number
      readonly leg: number
      /** Whether the trial ended itself below its budget. */
      readonly ended: boolean
      /** How far it came, where its scheduler interrupted it; else its budget. */
      readonly reached?: Budget
      readonly measurements: readonly Measurement[]
      /** What the best constant prediction scores, by metric; see `LegResult.constant`. */
      readonly constant?: { readonly [name: string]: number }
      readonly checkpoint?: ArtifactRef
      readonly model?: ArtifactRef
      readonly summary?: JsonObject
    }
  | {
      readonly type: 'leg.failed'
      readonly trial: number
      readonly leg: number
      readonly failure: TrialFailure
    }
  | ({ readonly type: 'trial.stopped'; readonly trial: number; readonly reason: string } & DecisionBasis)
  /** `best/` now shows this trial's model. Written before the result that made it the best is acted on. */
  | {
      readonly type: 'best.published'
      readonly trial: number
      /** What it was ranked by: the mean over the trials of its params. */
      readonly value: number
      /** The number of folds behind the value. */
      readonly folds: number
      readonly model: ArtifactRef
    }
  /** A finished trial was trained again on all development rows. */
  | {
      readonly type: 'trial.refitted'
      readonly trial: number
      readonly replica: number
      readonly model: ArtifactRef
      readonly summary?: JsonObject
    }
  | { readonly type: 'note'; readonly text: string }
  /** The test rows were opened. */
  | {
      readonly type: 'study.evaluated'
      readonly trial: number
      readonly metrics: { readonly [name: string]: number }
      readonly summary?: JsonObject
    }

/** Why a study does not go on for now. */
export type StopReason = 'trials' | 'time' | 'patience' | 'exhausted' | 'aborted' | 'error'
