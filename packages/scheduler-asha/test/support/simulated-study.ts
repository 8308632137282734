import {
  type Budget,
  type CurvePoint,
  type Decision,
  deriveRng,
  type Expectations,
  type History,
  minimize,
  type Objective,
  type Scheduler,
  type TrialView,
  trialValue,
} from '@rondo/core'

/** What a trial would show: its value after an epoch (from 1) of a fold. NaN fails the trial. */
export type Curve = (trial: number, epoch: number, fold: number) => number

/** How a study is simulated. */
export interface StudyOptions {
  readonly full: Budget
  readonly trials: number
  readonly workers?: number
  readonly curve: Curve
  /** The epoch after which a trial ends itself, if it does. */
  readonly endsAfter?: (trial: number) => number | undefined
  /** The trial that a trial repeats, if it does: as a study does it, with the budget that that one has come to. */
  readonly repeats?: (trial: number) => number | undefined
  /** Updates of an epoch. */
  readonly updates?: (trial: number) => number
  /** What the search strategy expects of trials with the full budget, of those that there are. */
  readonly expectations?: (trials: readonly TrialView[]) => Expectations | undefined
  /** What a constant prediction would score. */
  readonly constant?: (trial: number) => number
}

/** A study whose legs take as long as their epochs × folds; it writes down every decision. */
export class SimulatedStudy implements History {
  readonly trials: TrialView[] = []
  readonly decisions: Decision[] = []
  readonly fullBudget: Budget
  readonly trialLimit: number
  readonly objective: Objective = minimize('loss')
  /** Epochs × folds that were trained. */
  work = 0
  readonly #options: StudyOptions

  constructor(options: StudyOptions) {
    this.#options = options
    this.fullBudget = options.full
    this.trialLimit = options.trials
  }

  get trialsLeft(): number {
    return this.trialLimit - this.trials.length
  }

  hasTried(): boolean {
    return false
  }

  /** Runs until the scheduler waits with nothing running. */
  run(scheduler: Scheduler): this {
    const { workers = 1, updates, expectations } = this.#options
    let flights: { readonly trial: number; readonly budget: Budget; readonly ends: number }[] = []
    let clock = 0
    for (;;) {
      while (flights.length < workers) {
        const step = this.decisions.length
        const rng = deriveRng({ seed: 1, purpose: 'schedule', step })
        const decision = scheduler.next({
          history: this,
          objective: this.objective,
          rng,
          ...(expectations && { expectations: () => expectations(this.trials) }),
          ...(updates && { updatesPerEpoch: ({ trial }) => updates(trial as number) }),
        })
        if (decision.do === 'wait') break
        this.decisions.push(decision)
        if (decision.do === 'stop') {
          const { reason } = decision
          this.trials[decision.trial] = {
            ...this.trials[decision.trial]!,
            state: 'stopped',
            stopReason: reason,
          }
          continue
        }
        const number = decision.do === 'start' ? this.#start() : decision.trial
        const trial = this.trials[number]!
        const repeated =
          trial.replicateOf === undefined ? undefined : this.trials[trial.replicateOf]!.legs.at(-1)!
        const budget = repeated === undefined ? decision.budget : repeated.budget
        const cost = budget.epochs * budget.folds - trial.reached.epochs * trial.reached.folds
        const tags = repeated === undefined ? (decision.tags ?? {}) : {}
        const leg = { budget, tags, state: 'running' as const }
        this.trials[number] = { ...trial, state: 'running', legs: [...trial.legs, leg] }
        this.work += cost
        flights.push({ trial: number, budget, ends: clock + cost })
      }
      if (flights.length === 0) return this
      const next = flights.reduce((a, b) => (b.ends < a.ends ? b : a))
      flights = flights.filter((flight) => flight !== next)
      clock = next.ends
      this.#end(next.trial, next.budget)
    }
  }

  #start(): number {
    const number = this.trials.length
    const reached = { epochs: 0, folds: 0 }
    const replicateOf = this.#options.repeats?.(number)
    this.trials.push({
      number,
      params: { trial: replicateOf ?? number },
      ...(replicateOf === undefined ? {} : { replicateOf }),
      origin: 'search',
      state: 'queued',
      legs: [],
      reached,
      curve: [],
    })
    return number
  }

  #end(number: number, budget: Budget): void {
    const { curve: lossOf, endsAfter, full, constant } = this.#options
    const last = endsAfter?.(number)
    const ended = last !== undefined && last <= budget.epochs
    const curve: CurvePoint[] = []
    for (let fold = 0; fold < budget.folds; fold++) {
      for (let epoch = 1; epoch <= Math.min(budget.epochs, last ?? budget.epochs); epoch++) {
        curve.push({ fold, epoch, value: lossOf(number, epoch, fold) })
      }
    }
    const trial = this.trials[number]!
    const legs = trial.legs.map((leg) => ({ ...leg, state: 'done' as const }))
    const best = trialValue(this.objective, curve)
    const whole = budget.epochs === full.epochs && budget.folds === full.folds
    this.trials[number] = {
      ...trial,
      legs,
      reached: budget,
      curve,
      state: ended || whole ? 'completed' : 'paused',
      ...(best === undefined ? {} : { value: best.value, bestEpoch: best.epoch }),
      ...(constant && { constant: constant(number) }),
    }
  }
}
