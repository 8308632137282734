import { token } from '../composition/token.ts'
import type { Json } from '../json.ts'
import type { Rng } from '../random/rng.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { Space } from '../space/space.ts'
import type { History } from './history.ts'
import type { Objective } from './objective.ts'
import type { PriorMean } from './prior-mean.ts'

/** What a strategy is asked. */
export interface SuggestRequest {
  readonly space: Space
  readonly objective: Objective
  readonly history: History
  /** The number that the trial will have. */
  readonly trial: number
  /** Derived from the study's seed and the trial's number: the same request gives the same suggestion. */
  readonly rng: Rng
  /** What the model builder expects of params on such data; absent where it has nothing to say. */
  readonly priorMean?: PriorMean
}

/**
 * Params for the next trial; or `wait` until a running leg has ended; or `exhausted`, where a finite space has no
 * configuration left.
 */
export type Suggestion =
  | {
      readonly params: Params
      /** JSON to be given back with the history (fitted hyperparameters, say). */
      readonly memo?: Json
      /**
       * The trial that is to be repeated with fresh seeds; its params must be the same. The repetition is started with the
       * budget that this trial was last given, if that is more than its scheduler gives a new one.
       */
      readonly replicateOf?: number
    }
  | 'wait'
  | 'exhausted'

/** What a strategy is asked about the trials that there are. */
export type ExpectationsRequest = Omit<SuggestRequest, 'trial' | 'rng'>

/**
 * A Map of numbers of trials to what each is expected to be worth with the full budget: the larger, the better, whatever
 * the objective's direction, and only their order counts. Of a trial that is left out, or has −Infinity, nothing is
 * expected: it comes behind all others.
 */
export type Expectations = ReadonlyMap<number, number>

/**
 * Proposes params from the history. A function of its request: no state but caches, no clock, no other randomness.
 * The engine calls it once for each trial that the scheduler starts, after user-enqueued trials and the default.
 */
export interface SearchStrategy {
  suggest(request: SuggestRequest): Suggestion | Promise<Suggestion>
  /**
   * Where present, a scheduler may ask what is expected of the trials, to choose those that go on. A function of its
   * request, and synchronous. `undefined` while no more is known than their values say.
   */
  expectations?(request: ExpectationsRequest): Expectations | undefined
  /** True where the strategy enumerates the space itself, so that the untuned default is not to be tried first. */
  readonly enumerates?: boolean
}

export const SEARCH_STRATEGY = token<SearchStrategy>('search-strategy')
