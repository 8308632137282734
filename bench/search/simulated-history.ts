import {
  type History,
  type Json,
  type Objective,
  type Params,
  Ranking,
  type Space,
  type TrialView,
} from '@rondo/core'

const FULL = { epochs: 1, folds: 1 }
const NOTHING = { epochs: 0, folds: 0 }

/** A study's history without a study: trials that are told their value. */
export class SimulatedHistory implements History {
  readonly trials: TrialView[] = []
  readonly fullBudget = FULL
  readonly trialLimit: number
  /** What a study's `best/` would show: repetitions of a configuration count by their mean. */
  best?: TrialView
  readonly #space: Space
  readonly #ranking: Ranking
  readonly #keys = new Set<string>()

  constructor(space: Space, objective: Objective, trialLimit: number) {
    this.#space = space
    this.#ranking = new Ranking(objective)
    this.trialLimit = trialLimit
  }

  get trialsLeft(): number {
    return this.trialLimit - this.trials.length
  }

  hasTried(params: Params): boolean {
    return this.#keys.has(this.#space.keyOf(params))
  }

  start(params: Params, memo?: Json, replicateOf?: number): void {
    this.#keys.add(this.#space.keyOf(params))
    this.trials.push({
      number: this.trials.length,
      params,
      origin: 'search',
      ...(memo === undefined ? {} : { memo }),
      ...(replicateOf === undefined ? {} : { replicateOf }),
      state: 'running',
      legs: [{ budget: FULL, tags: {}, state: 'running' }],
      reached: NOTHING,
      curve: [],
    })
  }

  /** Ends a trial; NaN fails it. */
  finish(number: number, value: number): void {
    const trial = this.trials[number]!
    const failed = Number.isNaN(value)
    this.trials[number] = {
      ...trial,
      state: failed ? 'failed' : 'completed',
      legs: [{ budget: FULL, tags: {}, state: failed ? 'failed' : 'done' }],
      ...(failed
        ? { failure: { cause: 'params' as const, code: 'RONDO_TRAIN_DIVERGED' as const, message: 'NaN' } }
        : { reached: FULL, curve: [{ fold: 0, epoch: 1, value }], value, bestEpoch: 1 }),
    }
    if (failed) return
    this.#ranking.record(this.#space.keyOf(trial.params), { trial: number, value, ...FULL })
    this.best = this.trials[this.#ranking.leader!.trial]!
  }
}
