import {
  type Budget,
  type CurvePoint,
  deriveRng,
  type History,
  isBetter,
  type Json,
  type Params,
  type Scheduler,
  type SearchStrategy,
  type Tags,
  type TrialView,
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

interface Measured {
  readonly value: number
  readonly configuration: number
  readonly epoch: number
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
    const finite = curve.filter((p) => Number.isFinite(p.value))
    const { objective } = this.#task
    const value =
      finite.length === 0
        ? undefined
        : finite.reduce((a, b) => (isBetter(objective, b.value, a.value) ? b : a))
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

/** Regrets of the configuration that measured best after the work of so many full trainings each (shared by the workers). */
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
  const { objective, updatesPerEpoch } = task
  let flights: Flight[] = []
  let clock = 0
  let decisions = 0
  /** For each unit of time what measured best in it. */
  const best = new Array<Measured | undefined>(Math.ceil(most) + 1)
  while (clock < most) {
    while (flights.length < workers) {
      const rng = deriveRng({ seed, purpose: 'schedule', step: decisions++ })
      const decision = scheduler.next({
        history: study,
        objective,
        rng,
        ...(updatesPerEpoch && { updatesPerEpoch }),
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
      for (let epoch = from + 1; epoch <= flight.budget.epochs; epoch++) {
        const at = clock + epoch - from
        const value = study.curveTo(number, epoch).at(-1)!.value
        if (at > most || !Number.isFinite(value)) continue
        best[at] = better({ value, epoch, configuration: study.configurationOf[number]! }, best[at])
      }
    }
    if (flights.length === 0) break
    const next = flights.reduce((a, b) => (b.ends < a.ends ? b : a))
    clock = next.ends
    flights = flights.filter((flight) => flight !== next)
    study.end(next.trial, next.budget, next.reason)
  }
  for (let i = 1; i < best.length; i++)
    best[i] = best[i] === undefined ? best[i - 1] : better(best[i]!, best[i - 1])
  return trainings.map((n) => {
    const { configuration, epoch } = best[Math.floor((n * task.epochs) / workers)]!
    return task.regret(configuration, epoch)
  })

  function better(a: Measured, b: Measured | undefined): Measured {
    return b === undefined || isBetter(objective, a.value, b.value) ? a : b
  }
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
