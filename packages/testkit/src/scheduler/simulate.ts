import {
  type Budget,
  type CurvePoint,
  covers,
  type Decision,
  defineSpace,
  deriveRng,
  type Expectations,
  fixed,
  float,
  type LegView,
  minimize,
  type Objective,
  type Params,
  type ScheduleRequest,
  type Space,
  type Tags,
  type TrialState,
  type TrialView,
  trialValue,
} from '@rondo/core'
import { brokenRule, isJson, mustHold, mustNotThrow, show } from '../broken-rule.ts'
import { historyOf } from '../trials.ts'

/** A study that a scheduler is to run. */
export interface Simulation {
  readonly title: string
  readonly workers: number
  readonly trialLimit: number
  readonly fullBudget: Budget
  /** What becomes of a trial; all train where absent. One that `ends` does so in its first leg, by early stopping say. */
  readonly fate?: (trial: number) => 'trains' | 'ends' | 'fails' | 'diverges'
  /** What the search strategy expects of so many trials; absent: it is not asked. */
  readonly expectations?: (trials: number) => Expectations | undefined
}

/** What a simulated study came to. */
export interface SimulationResult {
  readonly trials: readonly TrialView[]
  readonly decisions: readonly Decision[]
  /** Trials that it could still have started when it waited with nothing running. */
  readonly trialsLeft: number
}

/** How a scheduler is asked: to ask twice, or another instance, is up to the check. */
export type AskScheduler = (request: () => ScheduleRequest) => Promise<Decision> | Decision

/** So many decisions per trial are more than any scheduler needs that ever ends. */
const MOST_DECISIONS_PER_TRIAL = 40

const objective: Objective = minimize('val_mae')
const space: Space = defineSpace({ rate: float(0, 1), kind: fixed('simulated') })

interface Trial extends TrialView {
  state: TrialState
  legs: LegView[]
  reached: Budget
  curve: readonly CurvePoint[]
  value?: number
  bestEpoch?: number
  failure?: TrialView['failure'] & {}
  stopReason?: string
}

/**
 * Runs a study without training: curves are made up, results come back in an order of their own. Every decision is
 * held against the contract.
 *
 * @throws Error naming the rule that a decision breaks.
 */
export async function simulate(simulation: Simulation, ask: AskScheduler): Promise<SimulationResult> {
  const study = new SimulatedStudy(simulation)
  for (;;) {
    const decision = study.hasFreeWorker ? await study.ask(ask) : undefined
    if (decision !== undefined && decision.do !== 'wait') study.carryOut(decision)
    else if (study.isIdle) break
    else study.finishOneLeg()
  }
  return { trials: study.views(), decisions: study.decisions, trialsLeft: study.trialsLeft }
}

class SimulatedStudy {
  readonly decisions: Decision[] = []
  readonly #simulation: Simulation
  readonly #trials: Trial[] = []
  readonly #running: number[] = []
  #finished = 0

  constructor(simulation: Simulation) {
    this.#simulation = simulation
  }

  get hasFreeWorker(): boolean {
    return this.#running.length < this.#simulation.workers
  }

  get isIdle(): boolean {
    return this.#running.length === 0
  }

  get trialsLeft(): number {
    return this.#simulation.trialLimit - this.#trials.length
  }

  views(): readonly TrialView[] {
    return structuredClone(this.#trials)
  }

  async ask(ask: AskScheduler): Promise<Decision> {
    const { title, trialLimit, fullBudget, expectations } = this.#simulation
    mustHold(
      this.decisions.length < MOST_DECISIONS_PER_TRIAL * trialLimit,
      'A scheduler must come to an end',
      () => `after ${this.decisions.length} decisions on ${trialLimit} trials it had not (${title})`,
    )
    const trials = this.views()
    const step = this.decisions.length
    const request = (): ScheduleRequest => ({
      history: historyOf(trials, { space, objective, trialLimit, fullBudget }),
      objective,
      rng: deriveRng({ seed: 7, purpose: 'schedule', step }),
      ...(expectations && { expectations: () => expectations(trials.length) }),
    })
    return mustNotThrow('A scheduler must answer every history', () => ask(request))
  }

  carryOut(decision: Exclude<Decision, { readonly do: 'wait' }>): void {
    this.decisions.push(decision)
    switch (decision.do) {
      case 'start': {
        mustHold(
          this.trialsLeft > 0,
          'A scheduler must not start a trial when none is left',
          () => `it did after ${this.#trials.length} trials`,
        )
        const number = this.#trials.length
        this.#trials.push({
          number,
          params: paramsOf(number),
          origin: 'search',
          state: 'queued',
          legs: [],
          reached: { epochs: 0, folds: 0 },
          curve: [],
        })
        this.#startLeg(number, decision.budget, decision.tags)
        return
      }
      case 'resume': {
        const trial = this.#require(decision, ['paused', 'completed'])
        mustHold(
          !covers(trial.reached, decision.budget),
          'A scheduler must resume a trial to a larger budget',
          () =>
            `it resumed trial ${decision.trial}, which has reached ${show(trial.reached)}, to ${show(decision.budget)}`,
        )
        this.#startLeg(decision.trial, decision.budget, decision.tags)
        return
      }
      case 'stop': {
        const trial = this.#require(decision, ['paused'])
        mustHold(
          typeof decision.reason === 'string' && decision.reason.trim() !== '',
          'A scheduler must give a reason to stop a trial',
          () => `it stopped trial ${decision.trial} with ${show(decision.reason)}`,
        )
        trial.state = 'stopped'
        trial.stopReason = decision.reason
        return
      }
      default:
        throw brokenRule(
          'A scheduler must answer with start, resume, stop or wait',
          `it answered ${show(decision)}`,
        )
    }
  }

  /** Which one is settled by a draw, so that legs overtake each other. */
  finishOneLeg(): void {
    const draw = deriveRng({ seed: 11, purpose: 'finish', step: this.#finished++ })
    const [number] = this.#running.splice(draw.integer(0, this.#running.length - 1), 1)
    const trial = this.#trials[number!]!
    const leg = trial.legs.at(-1)!
    const fate = this.#simulation.fate?.(trial.number) ?? 'trains'
    if (fate === 'fails') {
      trial.legs[trial.legs.length - 1] = { ...leg, state: 'failed' }
      trial.state = 'failed'
      trial.failure = { cause: 'params', code: 'RONDO_TRAIN_DIVERGED', message: 'The loss became NaN.' }
      return
    }
    trial.legs[trial.legs.length - 1] = { ...leg, state: 'done' }
    trial.reached = leg.budget
    const { epochs, folds } = leg.budget
    const trained = { epochs: fate === 'ends' ? Math.ceil(epochs / 2) : epochs, folds }
    trial.curve = curveOf(trial.number, trained, fate === 'diverges')
    const best = trialValue(objective, trial.curve)
    if (best !== undefined) {
      trial.value = best.value
      trial.bestEpoch = best.epoch
    }
    const isOver = fate === 'ends' || covers(leg.budget, this.#simulation.fullBudget)
    trial.state = isOver ? 'completed' : 'paused'
  }

  #require(decision: Decision & { readonly trial: number }, allowed: readonly TrialState[]): Trial {
    const trial = this.#trials[decision.trial]
    mustHold(
      trial !== undefined && allowed.includes(trial.state),
      `A scheduler may ${decision.do} only trials that are ${allowed.join(' or ')}`,
      () => `trial ${decision.trial} ${trial === undefined ? 'does not exist' : `is ${trial.state}`}`,
    )
    return trial
  }

  #startLeg(number: number, budget: Budget, tags: Tags = {}): void {
    const { fullBudget } = this.#simulation
    const whole = Number.isInteger(budget?.epochs) && Number.isInteger(budget?.folds)
    mustHold(
      whole && budget.epochs >= 1 && budget.folds >= 1 && covers(fullBudget, budget),
      'A budget must be whole numbers from 1 up to the full budget',
      () => `trial ${number} was given ${show(budget)}; the full budget is ${show(fullBudget)}`,
    )
    mustHold(
      isJson(tags),
      'Tags must be JSON, because they are kept in the log',
      () => `they are ${show(tags)}`,
    )
    const trial = this.#trials[number]!
    trial.legs.push({ budget, tags, state: 'running' })
    trial.state = 'running'
    this.#running.push(number)
  }
}

/** Spread evenly, so that some trials are good and most are not. */
function paramsOf(trial: number): Params {
  return { rate: deriveRng({ seed: 5, trial, purpose: 'rate' }).uniform(), kind: 'simulated' }
}

/** Falls towards what the trial's params allow; folds differ a little. */
function curveOf(trial: number, { epochs, folds }: Budget, diverges: boolean): readonly CurvePoint[] {
  const limit = Math.abs((paramsOf(trial).rate as number) - 0.3)
  return Array.from({ length: folds }, (_, fold) =>
    Array.from({ length: epochs }, (_, i) => ({
      fold,
      epoch: i + 1,
      value: diverges ? Number.NaN : limit + 1 / (i + 2) + 0.01 * fold,
    })),
  ).flat()
}

/** What an interrupting scheduler is shown of a running trial. */
export function interruptRequest(
  simulation: Simulation,
  epochs: number,
): () => ScheduleRequest & { readonly running: TrialView } {
  const { trialLimit, fullBudget } = simulation
  const others: TrialView[] = Array.from({ length: 6 }, (_, number) => {
    const curve = curveOf(number, fullBudget, false)
    const best = trialValue(objective, curve)!
    return {
      number,
      params: paramsOf(number),
      origin: 'search',
      state: 'completed',
      legs: [{ budget: fullBudget, tags: {}, state: 'done' }],
      reached: fullBudget,
      curve,
      value: best.value,
      bestEpoch: best.epoch,
    }
  })
  const curve = curveOf(6, { epochs, folds: 1 }, false).map((point) => ({
    ...point,
    value: point.value + 10,
  }))
  const running: TrialView = {
    number: 6,
    params: paramsOf(6),
    origin: 'search',
    state: 'running',
    legs: [{ budget: fullBudget, tags: {}, state: 'running' }],
    reached: { epochs, folds: 1 },
    curve,
    value: curve.at(-1)!.value,
    bestEpoch: epochs,
  }
  const trials = [...others, { ...running, curve: [], reached: { epochs: 0, folds: 0 } }]
  return () => ({
    history: historyOf(trials, { space, objective, trialLimit, fullBudget }),
    objective,
    rng: deriveRng({ seed: 7, purpose: 'interrupt', step: epochs }),
    running,
  })
}

/** The space of the simulated studies, for schedulers that inject it. */
export const simulatedSpace: Space = space
