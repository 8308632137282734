import { token } from '../composition/token.ts'
import type { Rng } from '../random/rng.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { Budget } from './budget.ts'
import type { History, Tags, TrialView } from './history.ts'
import type { Objective } from './objective.ts'
import type { Expectations } from './search-strategy.ts'

/** What a scheduler is asked: a slot is free, what shall run? */
export interface ScheduleRequest {
  readonly history: History
  readonly objective: Objective
  /** Derived from the study's seed and the number of the decision. */
  readonly rng: Rng
  /**
   * Updates that params make in an epoch of the first fold. Absent where that is not known: a function is tuned, or
   * the model builder does not tell its batch size.
   */
  readonly updatesPerEpoch?: (params: Params) => number
  /**
   * What the search strategy expects of the trials with the full budget; `undefined` while it knows no more than their
   * values. Absent where the strategy expects nothing ever, and where it is asked whether to interrupt. The first call
   * takes some milliseconds, others give the same again.
   */
  readonly expectations?: () => Expectations | undefined
}

/**
 * `start` a new trial; `resume` a paused (or a completed) one to a larger budget; `stop` a paused one for good, with
 * the reason; or `wait` for a running leg. A leg that ends below the full budget leaves its trial paused. Where the
 * strategy answers `start` with a repetition (`replicateOf`) of a trial that was given more, it has that trial's budget
 * and no tags: a scheduler of rungs leaves it alone, as ASHA and Hyperband do.
 */
export type Decision =
  | { readonly do: 'start'; readonly budget: Budget; readonly tags?: Tags }
  | { readonly do: 'resume'; readonly trial: number; readonly budget: Budget; readonly tags?: Tags }
  | { readonly do: 'stop'; readonly trial: number; readonly reason: string }
  | { readonly do: 'wait' }

/**
 * Decides what runs next and how far. A function of its request. When `history.trialsLeft` is 0, `start` is refused;
 * a scheduler that has nothing more to resume then answers `wait`, and the study ends when no leg is running.
 */
export interface Scheduler {
  /**
   * Whether it takes trials to epochs of its own choice, so that `epochs` cannot be a hyperparameter beside it: a study
   * with both is refused.
   */
  readonly choosesEpochs?: boolean
  next(request: ScheduleRequest): Decision
  /**
   * Where present, the scheduler interrupts: asked after every measured epoch of a running leg, it may end the trial
   * with a reason. Refused in `ordered` studies, whose decisions may not depend on how far a leg happens to be.
   */
  interrupt?(
    request: ScheduleRequest & { readonly running: TrialView },
  ): { readonly reason: string } | undefined
}

export const SCHEDULER = token<Scheduler>('scheduler')
