import type { Budget } from '../contracts/budget.ts'
import { covers } from '../contracts/budget.ts'
import type { Decision, Scheduler } from '../contracts/scheduler.ts'
import type { SearchStrategy } from '../contracts/search-strategy.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { Json } from '../json.ts'
import { deriveRng } from '../random/derive.ts'
import type { Params } from '../space/hyperparameter.ts'
import { BY_USER } from './by-user.ts'
import type { DecisionBasis, StudyEvent } from './events.ts'
import type { StudyState } from './study-state.ts'
import type { TrialRecord } from './trial-record.ts'

/** The plugins that decide. */
export interface Deciders {
  readonly scheduler: Scheduler
  readonly strategy: SearchStrategy
  /** Whether the untuned default is the first trial. */
  readonly defaultTrial: boolean
  /** As in `ScheduleRequest`. */
  readonly updatesPerEpoch?: (params: Params) => number
}

/** The events of one decision; or that nothing is to be done now, or (by the strategy) that the space is used up. */
export type Decided = readonly StudyEvent[] | 'wait' | 'exhausted'

/**
 * Asks scheduler and strategy what to do next. A function of the visible history, the basis and the study's seed, so
 * that a replay of the log comes to the same decisions.
 *
 * @throws RONDO_STUDY_DECISION when a plugin returns what the history does not allow.
 */
export async function decide(state: StudyState, deciders: Deciders, basis: DecisionBasis): Promise<Decided> {
  const { objective, seed } = state.spec
  const decision = state.sessionIsLimited
    ? decideByHand(state)
    : deciders.scheduler.next({
        history: state,
        objective,
        rng: deriveRng({ seed, purpose: 'schedule', step: state.decisions }),
        ...(deciders.updatesPerEpoch && { updatesPerEpoch: deciders.updatesPerEpoch }),
      })
  switch (decision.do) {
    case 'wait':
      return 'wait'
    case 'stop':
      requireState(state, decision.trial, 'stop', ['paused'])
      return [{ type: 'trial.stopped', trial: decision.trial, reason: decision.reason, ...basis }]
    case 'resume': {
      const trial = requireState(state, decision.trial, 'resume', ['paused', 'completed'])
      requireBudget(state, decision.budget, trial)
      return [legStarted(trial.number, trial.legs.length, decision, basis, trial)]
    }
    case 'start': {
      requireBudget(state, decision.budget)
      if (state.trialsLeft === 0) {
        throw wrong('The scheduler started a trial although none is left.', { do: 'start' })
      }
      const suggested = await suggest(state, deciders, basis)
      if (typeof suggested === 'string') return suggested
      return [suggested, legStarted(state.trials.length, 0, decision, basis)]
    }
  }
}

/** A session for so many trials trains each of them in full and leaves all others alone. */
const decideByHand = ({ trialsLeft, fullBudget }: StudyState): Decision =>
  trialsLeft > 0 ? { do: 'start', budget: fullBudget, tags: BY_USER } : { do: 'wait' }

type Suggested = Extract<StudyEvent, { readonly type: 'trial.suggested' }>

/** Params for the next trial: the untuned default, then what the user enqueued, then the strategy's. */
async function suggest(
  state: StudyState,
  { strategy, defaultTrial }: Deciders,
  basis: DecisionBasis,
): Promise<Suggested | 'wait' | 'exhausted'> {
  const { space } = state
  const trial = state.trials.length
  const event = { type: 'trial.suggested', trial, ...basis } as const
  const enqueued = state.enqueued[state.dequeued]
  // A session for so many trials is for those that were enqueued for it.
  if (enqueued !== undefined && state.sessionIsLimited)
    return { ...event, params: enqueued, origin: 'enqueued' }
  const untuned = defaultTrial && state.untuned === undefined ? space.defaults() : undefined
  if (untuned !== undefined) return { ...event, params: untuned, origin: 'default' }
  if (enqueued !== undefined) return { ...event, params: enqueued, origin: 'enqueued' }
  const suggestion = await strategy.suggest({
    space,
    objective: state.spec.objective,
    history: state,
    trial,
    rng: deriveRng({ seed: state.spec.seed, trial, purpose: 'suggest' }),
  })
  if (suggestion === 'wait' || suggestion === 'exhausted') return suggestion
  space.validate(suggestion.params)
  if (!space.satisfies(suggestion.params)) {
    throw wrong('The strategy suggested params that violate a constraint.', { ...suggestion.params })
  }
  const { params, memo, replicateOf } = suggestion
  if (replicateOf !== undefined) requireReplicate(state, replicateOf, params)
  return {
    ...event,
    params,
    origin: 'search',
    ...(memo === undefined ? {} : { memo }),
    ...(replicateOf === undefined ? {} : { replicateOf }),
  }
}

function legStarted(
  trial: number,
  leg: number,
  { budget, tags = {} }: { readonly budget: Budget; readonly tags?: { readonly [name: string]: Json } },
  basis: DecisionBasis,
  record?: TrialRecord,
): StudyEvent {
  const from = record?.checkpoint
  return { type: 'leg.started', trial, leg, budget, tags, ...(from === undefined ? {} : { from }), ...basis }
}

function requireState(
  state: StudyState,
  number: number,
  what: 'stop' | 'resume',
  allowed: readonly TrialRecord['state'][],
): TrialRecord {
  const trial = state.trials[number]
  if (trial !== undefined && allowed.includes(trial.state)) return trial
  const is = trial === undefined ? 'does not exist' : `is ${trial.state}`
  throw wrong(`The scheduler wants to ${what} trial ${number}, which ${is}.`, { do: what, trial: number })
}

function requireBudget(state: StudyState, budget: Budget, trial?: TrialRecord): void {
  const whole = Number.isInteger(budget.epochs) && Number.isInteger(budget.folds)
  const positive = budget.epochs >= 1 && budget.folds >= 1
  const grows = trial === undefined || !covers(trial.reached, budget)
  if (whole && positive && grows && covers(state.fullBudget, budget)) return
  throw wrong(
    `The scheduler gave a budget of ${budget.epochs} epochs on ${budget.folds} folds; whole numbers up to ` +
      `${state.fullBudget.epochs} epochs on ${state.fullBudget.folds} folds are possible` +
      (trial === undefined ? '.' : `, above the ${trial.reached.epochs} on ${trial.reached.folds} reached.`),
    { epochs: budget.epochs, folds: budget.folds },
  )
}

function requireReplicate(state: StudyState, replicateOf: number, params: TrialRecord['params']): void {
  const original = state.trials[replicateOf]
  if (original !== undefined && state.space.keyOf(original.params) === state.space.keyOf(params)) return
  throw wrong(
    `The strategy called its params a repetition of trial ${replicateOf}, whose params differ.`,
    replicateOf,
  )
}

const wrong = (message: string, value: Json): RondoError =>
  new RondoError('RONDO_STUDY_DECISION', { message, value })
