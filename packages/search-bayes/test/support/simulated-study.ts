import {
  deriveRng,
  type Expectations,
  type History,
  isBetter,
  type Json,
  minimize,
  type Objective,
  type Params,
  type PriorMean,
  type SearchStrategy,
  type Space,
  type Suggestion,
  type TrialView,
} from '@rondo/core'

const FULL = { epochs: 1, folds: 1 }

/** A history that a test writes by hand: trials are started, and told their value. */
export class SimulatedStudy implements History {
  readonly trials: TrialView[] = []
  readonly fullBudget: History['fullBudget'] = FULL
  readonly trialLimit: number
  readonly space: Space
  readonly objective: Objective
  readonly seed: number
  readonly priorMean: PriorMean | undefined
  readonly #keys = new Set<string>()

  constructor(
    space: Space,
    {
      trials = 50,
      seed = 1,
      objective = minimize('loss') as Objective,
      priorMean = undefined as PriorMean | undefined,
    } = {},
  ) {
    this.space = space
    this.trialLimit = trials
    this.seed = seed
    this.objective = objective
    this.priorMean = priorMean
  }

  get trialsLeft(): number {
    return this.trialLimit - this.trials.length
  }

  get best(): TrialView {
    const known = this.trials.filter((t) => t.value !== undefined)
    return known.reduce((a, b) => (isBetter(this.objective, b.value!, a.value!) ? b : a))
  }

  hasTried(params: Params): boolean {
    return this.#keys.has(this.space.keyOf(params))
  }

  start(params: Params, memo?: Json, replicateOf?: number): number {
    this.#keys.add(this.space.keyOf(params))
    const number = this.trials.length
    this.trials.push({
      number,
      params,
      origin: 'search',
      ...(memo === undefined ? {} : { memo }),
      ...(replicateOf === undefined ? {} : { replicateOf }),
      state: 'running',
      legs: [{ budget: FULL, tags: {}, state: 'running' }],
      reached: { epochs: 0, folds: 0 },
      curve: [],
    })
    return number
  }

  /** Ends a trial; NaN fails it. */
  finish(number: number, value: number): void {
    const trial = this.trials[number]!
    this.trials[number] = Number.isNaN(value)
      ? {
          ...trial,
          state: 'failed',
          failure: { cause: 'params', code: 'RONDO_TRAIN_DIVERGED', message: 'The loss became NaN.' },
        }
      : { ...trial, state: 'completed', reached: FULL, value, bestEpoch: 1 }
  }

  suggest(strategy: SearchStrategy, trial = this.trials.length): Promise<Suggestion> | Suggestion {
    return strategy.suggest({
      space: this.space,
      objective: this.objective,
      history: this,
      trial,
      rng: deriveRng({ seed: this.seed, trial, purpose: 'suggest' }),
      ...(this.priorMean && { priorMean: this.priorMean }),
    })
  }

  expectations(strategy: SearchStrategy): Expectations | undefined {
    return strategy.expectations!({
      space: this.space,
      objective: this.objective,
      history: this,
      ...(this.priorMean && { priorMean: this.priorMean }),
    })
  }

  /** Runs the next `count` trials one after the other; ends early where the strategy has no suggestion. */
  async run(
    strategy: SearchStrategy,
    count: number,
    measure: (params: Params, trial: number) => number,
  ): Promise<this> {
    for (let i = 0; i < count; i++) {
      const suggestion = await this.suggest(strategy)
      if (typeof suggestion === 'string') break
      const number = this.start(suggestion.params, suggestion.memo, suggestion.replicateOf)
      this.finish(number, measure(suggestion.params, number))
    }
    return this
  }
}
