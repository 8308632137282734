import {
  type Budget,
  type CurvePoint,
  deriveRng,
  type Expectations,
  type History,
  type Json,
  type Params,
  Ranking,
  type Scheduler,
  type SearchStrategy,
  type Tags,
  type TrialView,
  trialValue,
} from '@rondo/core'
import type { Task } from './tasks.ts'

/** What is tried: who proposes configurations, who decides how far they train. */
export interface Method {
  readonly name: string
  readonly strategy: (task: Task) => SearchStrategy
  readonly scheduler: Scheduler
}

interface Flight {
  readonly trial: number
  readonly budget: Budget
  readonly ends: number
  /** Whether the scheduler ended it on the way. */
  readonly reason?: string
}

/** What a trial has come to at a time. */
interface Progress {
  readonly at: number
  readonly trial: number
  readonly epochs: number
}

/** A study on stored curves, by a virtual clock: an epoch takes one unit of time, whichever configuration. */
class SimulatedStudy implements History {
  readonly trials: TrialView[] = []
  readonly trialLimit: number
  readonly fullBudget: Budget
  readonly #task: Task
  readonly #seed: number
  readonly configurationOf: number[] = []
  readonly #keys = new Set<string>()

  constructor(task: Task, trialLimit: number, seed: number) {
    this.#task = task
    this.#seed = seed
    this.trialLimit = trialLimit
    this.fullBudget = { epochs: task.epochs, folds: 1 }
  }

  get trialsLeft(): number {
    return this.#task.configurations.length - this.trials.length
  }

  hasTried(params: Params): boolean {
    return this.#keys.has(this.#task.space.keyOf(params))
  }

  /** Starts a stored configuration. */
  start(params: Params, memo?: Json): number {
    const configuration = this.#task.numberOf(params)
    this.#keys.add(this.#task.space.keyOf(params))
    this.configurationOf.push(configuration)
    const number = this.trials.length
    this.trials.push({
      number,
      params,
      origin: 'search',
      ...(memo === undefined ? {} : { memo }),
      state: 'running',
      legs: [],
      reached: { epochs: 0, folds: 0 },
      curve: [],
    })
    return number
  }

  begin(number: number, budget: Budget, tags: Tags = {}): void {
    const trial = this.trials[number]!
    this.trials[number] = {
      ...trial,
      state: 'running',
      legs: [...trial.legs, { budget, tags, state: 'running' }],
    }
  }

  curveTo(number: number, epochs: number): CurvePoint[] {
    const losses = this.#task.curve(this.configurationOf[number]!, this.#seed)
    return Array.from({ length: epochs }, (_, i) => ({ fold: 0, epoch: i + 1, value: losses[i]! }))
  }

  end(number: number, { epochs, folds }: Budget, stopReason?: string): void {
    const trial = this.trials[number]!
    const curve = this.curveTo(number, epochs)
    const value = trialValue(this.#task.objective, curve)
    const state =
      stopReason !== undefined ? 'stopped' : epochs === this.fullBudget.epochs ? 'completed' : 'paused'
    this.trials[number] = {
      ...trial,
      state,
      legs: trial.legs.map((leg) => ({ ...leg, state: 'done' as const })),
      reached: { epochs, folds },
      curve,
      ...(value === undefined ? {} : { value: value.value, bestEpoch: value.epoch }),
      ...(stopReason === undefined ? {} : { stopReason }),
    }
  }

  stop(number: number, stopReason: string): void {
    this.trials[number] = { ...this.trials[number]!, state: 'stopped', stopReason }
  }
}

/**
 * Regrets of the configuration that ranks first, as `Ranking` has it, after the work of so many full trainings each
 * (shared by the workers), at the epochs to which it is trained by then. Trials under way count.
 */
export async function simulate(
  task: Task,
  method: Method,
  {
    seed,
    workers,
    trainings,
  }: { readonly seed: number; readonly workers: number; readonly trainings: readonly number[] },
): Promise<number[]> {
  const strategy = method.strategy(task)
  const { scheduler } = method
  const most = (trainings.at(-1)! * task.epochs) / workers
  const study = new SimulatedStudy(task, trainings.at(-1)!, seed)
  const { space, objective, updatesPerEpoch, priorMean } = task
  const expectations = (): Expectations | undefined =>
    strategy.expectations?.({ space, objective, history: study, ...(priorMean && { priorMean }) })
  let flights: Flight[] = []
  let clock = 0
  let decisions = 0
  const progress: Progress[] = []
  while (clock < most) {
    while (flights.length < workers) {
      const rng = deriveRng({ seed, purpose: 'schedule', step: decisions++ })
      const decision = scheduler.next({
        history: study,
        objective,
        rng,
        ...(updatesPerEpoch && { updatesPerEpoch }),
        ...(strategy.expectations && { expectations }),
      })
      if (decision.do === 'stop') {
        study.stop(decision.trial, decision.reason)
        continue
      }
      if (decision.do === 'wait') break
      if (decision.do === 'start' && study.trialsLeft === 0) break
      const number = decision.do === 'resume' ? decision.trial : await startNext(study, strategy, task, seed)
      const from = study.trials[number]!.reached.epochs
      study.begin(number, decision.budget, decision.tags)
      const flight = flightOf(study, method, number, decision.budget, { clock, from, task })
      flights.push(flight)
      for (let epochs = from + 1; epochs <= flight.budget.epochs; epochs++)
        progress.push({ at: clock + epochs - from, trial: number, epochs })
    }
    if (flights.length === 0) break
    const next = flights.reduce((a, b) => (b.ends < a.ends ? b : a))
    clock = next.ends
    flights = flights.filter((flight) => flight !== next)
    study.end(next.trial, next.budget, next.reason)
  }
  const times = trainings.map((n) => Math.floor((n * task.epochs) / workers))
  return regretsAt(times, { task, study, progress })
}

/** Regrets of who leads at times, ascending; 1, that of the median configuration, where nothing finite was measured yet. */
function regretsAt(
  times: readonly number[],
  {
    task,
    study,
    progress,
  }: { readonly task: Task; readonly study: SimulatedStudy; readonly progress: readonly Progress[] },
): number[] {
  const ranking = new Ranking(task.objective)
  const reached = new Map<number, number>()
  const inOrder = progress.toSorted((a, b) => a.at - b.at)
  let i = 0
  return times.map((time) => {
    for (; i < inOrder.length && inOrder[i]!.at <= time; i++) {
      const { trial, epochs } = inOrder[i]!
      const value = trialValue(task.objective, study.curveTo(trial, epochs))?.value
      if (value === undefined) continue
      reached.set(trial, epochs)
      ranking.record(task.space.keyOf(study.trials[trial]!.params), { trial, value, folds: 1, epochs })
    }
    const { leader } = ranking
    return leader === undefined
      ? 1
      : task.regret(study.configurationOf[leader.trial]!, reached.get(leader.trial)!)
  })
}

async function startNext(
  study: SimulatedStudy,
  strategy: SearchStrategy,
  task: Task,
  seed: number,
): Promise<number> {
  const trial = study.trials.length
  const rng = deriveRng({ seed, trial, purpose: 'suggest' })
  const suggestion = await strategy.suggest({
    space: task.space,
    objective: task.objective,
    history: study,
    trial,
    rng,
    ...(task.priorMean && { priorMean: task.priorMean }),
  })
  if (typeof suggestion === 'string') throw new Error(`The strategy said ${suggestion}.`)
  return study.start(suggestion.params, suggestion.memo)
}

/** A leg from its start to its end, which an interrupting scheduler may bring forward. */
function flightOf(
  study: SimulatedStudy,
  { scheduler }: Method,
  trial: number,
  budget: Budget,
  { clock, from, task }: { readonly clock: number; readonly from: number; readonly task: Task },
): Flight {
  if (scheduler.interrupt !== undefined) {
    for (let epoch = from + 1; epoch < budget.epochs; epoch++) {
      const running = { ...study.trials[trial]!, curve: study.curveTo(trial, epoch) }
      const rng = deriveRng({ seed: 0, purpose: 'interrupt', trial, step: epoch })
      const stop = scheduler.interrupt({ history: study, objective: task.objective, rng, running })
      if (stop !== undefined) {
        return { trial, budget: { epochs: epoch, folds: 1 }, ends: clock + epoch - from, reason: stop.reason }
      }
    }
  }
  return { trial, budget, ends: clock + budget.epochs - from }
}
