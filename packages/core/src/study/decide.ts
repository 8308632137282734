import { askPlugin, pluginOf } from '../composition/ask-plugin.ts'
import type { Budget } from '../contracts/budget.ts'
import { covers } from '../contracts/budget.ts'
import type { PriorMean } from '../contracts/prior-mean.ts'
import type { Decision, Scheduler } from '../contracts/scheduler.ts'
import type { Expectations, SearchStrategy } from '../contracts/search-strategy.ts'
import { asRondoError, type ErrorPlace, RondoError } from '../errors/rondo-error.ts'
import type { Json } from '../json.ts'
import { deriveRng } from '../random/derive.ts'
import type { Params } from '../space/hyperparameter.ts'
import { count } from '../words/count.ts'
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
  /** As in `SuggestRequest`. */
  readonly priorMean?: PriorMean
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
  const { scheduler } = deciders
  const decision = state.sessionIsLimited
    ? decideByHand(state)
    : askPlugin(scheduler, { when: 'it was asked what is to be done next' }, () =>
        scheduler.next({
          history: state,
          objective,
          rng: deriveRng({ seed, purpose: 'schedule', step: state.decisions }),
          ...(deciders.updatesPerEpoch && { updatesPerEpoch: deciders.updatesPerEpoch }),
          ...(deciders.strategy.expectations && { expectations: expectationsOf(state, deciders) }),
        }),
      )
  const wrong = wrongBy(scheduler, 'scheduler')
  switch (decision?.do) {
    case 'wait':
      return 'wait'
    case 'stop':
      requireState(state, decision.trial, 'stop', ['paused'], wrong)
      return [{ type: 'trial.stopped', trial: decision.trial, reason: decision.reason, ...basis }]
    case 'resume': {
      const trial = requireState(state, decision.trial, 'resume', ['paused', 'completed'], wrong)
      requireBudget(state, decision.budget, wrong, trial)
      return [legStarted(trial.number, trial.legs.length, decision, basis, trial)]
    }
    case 'start': {
      requireBudget(state, decision.budget, wrong)
      if (state.trialsLeft === 0) {
        throw wrong('started a trial although none is left', { do: 'start' })
      }
      const suggested = await suggest(state, deciders, basis)
      if (typeof suggested === 'string') return suggested
      return [suggested, legStarted(state.trials.length, 0, firstLegOf(state, suggested, decision), basis)]
    }
    default:
      throw wrong(
        `answered ${show(decision)}, which is no decision; one has \`do\`: 'start', 'resume', 'stop' or 'wait'`,
        asShown(decision),
      )
  }
}

/**
 * What a new trial is started with. A repetition trains at once as far as what it repeats was to train, where that is
 * more than its scheduler gives new trials: with less it could be compared with nothing.
 */
function firstLegOf({ trials }: StudyState, { replicateOf }: Suggested, decision: Started): Started {
  const original = replicateOf === undefined ? undefined : trials[replicateOf]
  const furthest = original?.legs.at(-1)?.budget
  return furthest === undefined || covers(decision.budget, furthest) ? decision : { budget: furthest }
}

/** A session for so many trials trains each of them in full and leaves all others alone. */
const decideByHand = ({ trialsLeft, fullBudget }: StudyState): Decision =>
  trialsLeft > 0 ? { do: 'start', budget: fullBudget, tags: BY_USER } : { do: 'wait' }

type Started = Pick<Extract<Decision, { readonly do: 'start' }>, 'budget' | 'tags'>
type Suggested = Extract<StudyEvent, { readonly type: 'trial.suggested' }>

/** Params for the next trial: the untuned default, then what the user enqueued, then the strategy's. */
async function suggest(
  state: StudyState,
  { strategy, defaultTrial, priorMean }: Deciders,
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
  const suggestion = await askPlugin(
    strategy,
    { when: `it was asked for the params of trial ${trial}`, place: { trial } },
    () =>
      strategy.suggest({
        space,
        objective: state.spec.objective,
        history: state,
        trial,
        rng: deriveRng({ seed: state.spec.seed, trial, purpose: 'suggest' }),
        ...(priorMean && { priorMean }),
      }),
  )
  if (suggestion === 'wait' || suggestion === 'exhausted') return suggestion
  const wrong = wrongBy(strategy, 'strategy', { trial })
  if (!isObject(suggestion) || !isObject(suggestion.params)) {
    throw wrong(
      `answered ${show(suggestion)} when it was asked for trial ${trial}; ` +
        "an answer is { params: … }, 'wait' or 'exhausted'",
      asShown(suggestion),
    )
  }
  const { params, memo, replicateOf } = suggestion
  requireInside(state, params, wrong)
  if (replicateOf !== undefined) requireReplicate(state, replicateOf, params, wrong)
  return {
    ...event,
    params,
    origin: 'search',
    ...(memo === undefined ? {} : { memo }),
    ...(replicateOf === undefined ? {} : { replicateOf }),
  }
}

/**
 * What the strategy expects of the trials, asked once however often the scheduler looks.
 *
 * @throws RONDO_STUDY_DECISION, from the function, where that is not numbers by trial.
 */
function expectationsOf(state: StudyState, deciders: Deciders): () => Expectations | undefined {
  let known: { readonly expectations: Expectations | undefined } | undefined
  return () => {
    known ??= { expectations: askForExpectations(state, deciders) }
    return known.expectations
  }
}

function askForExpectations(state: StudyState, { strategy, priorMean }: Deciders): Expectations | undefined {
  const { space, spec } = state
  const { objective } = spec
  const request = { space, objective, history: state, ...(priorMean && { priorMean }) }
  const expectations = askPlugin(strategy, { when: 'it was asked what it expects of the trials' }, () =>
    strategy.expectations?.(request),
  )
  if (expectations === undefined) return undefined
  const wrong = wrongBy(strategy, 'strategy', { field: 'expectations' })
  if (!(expectations instanceof Map)) {
    const what = (expectations as unknown) instanceof Promise ? 'a promise' : brief(expectations)
    throw wrong(`must return a Map of trial numbers to numbers from expectations(), not ${what}`, what)
  }
  for (const [trial, value] of expectations) {
    if (!Number.isInteger(trial) || state.trials[trial] === undefined) {
      const which = typeof trial === 'number' ? 'there is no such trial' : 'trials go by their numbers'
      throw wrong(`expects something of trial ${brief(trial)}; ${which}`, brief(trial))
    }
    if (typeof value !== 'number' || Number.isNaN(value)) {
      const what = typeof value === 'number' ? 'NaN' : brief(value)
      const did = `expects ${what} of trial ${trial}, which is no number; leave out what nothing is known of`
      throw wrong(did, what, { trial })
    }
  }
  return expectations
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
  wrong: Wrong,
): TrialRecord {
  const trial = state.trials[number]
  if (trial !== undefined && allowed.includes(trial.state)) return trial
  const is = trial === undefined ? 'does not exist' : `is ${trial.state}`
  throw wrong(`wants to ${what} trial ${number}, which ${is}`, { do: what, trial: number })
}

function requireBudget(
  state: StudyState,
  budget: Budget | undefined,
  wrong: Wrong,
  trial?: TrialRecord,
): void {
  if (!isObject(budget)) throw wrong(`gave ${show(budget)} for a budget`, asShown(budget))
  const whole = Number.isInteger(budget.epochs) && Number.isInteger(budget.folds)
  const positive = budget.epochs >= 1 && budget.folds >= 1
  const grows = trial === undefined || !covers(trial.reached, budget)
  if (whole && positive && grows && covers(state.fullBudget, budget)) return
  throw wrong(
    `gave a budget of ${budget.epochs} epochs on ${budget.folds} folds; whole numbers up to ` +
      `${count(state.fullBudget.epochs, 'epoch')} on ${count(state.fullBudget.folds, 'fold')} are possible` +
      (trial === undefined ? '' : `, above the ${trial.reached.epochs} on ${trial.reached.folds} reached`),
    { epochs: budget.epochs, folds: budget.folds },
  )
}

function requireInside({ space }: StudyState, params: Params, wrong: Wrong): void {
  try {
    space.validate(params)
  } catch (error) {
    const { message, value, place } = asRondoError(error, 'RONDO_INTERNAL')
    throw wrong(`suggested params that are not in the space. ${message.replace(/\.$/, '')}`, value, place)
  }
  if (!space.satisfies(params)) throw wrong('suggested params that violate a constraint', { ...params })
}

function requireReplicate(
  state: StudyState,
  replicateOf: number,
  params: TrialRecord['params'],
  wrong: Wrong,
): void {
  const original = state.trials[replicateOf]
  if (original !== undefined && state.space.keyOf(original.params) === state.space.keyOf(params)) return
  throw wrong(`called its params a repetition of trial ${replicateOf}, whose params differ`, replicateOf)
}

/** An error from what a plugin did, told after its name. */
type Wrong = (did: string, value: Json | undefined, place?: ErrorPlace) => RondoError

function wrongBy(instance: WeakKey, kind: 'scheduler' | 'strategy', at: ErrorPlace = {}): Wrong {
  const plugin = pluginOf(instance)
  const who = plugin === undefined ? `The ${kind}` : `The ${kind} “${plugin}”`
  return (did, value, place) =>
    new RondoError('RONDO_STUDY_DECISION', {
      message: `${who} ${did}.`,
      ...(value === undefined ? {} : { value }),
      place: { ...at, ...place, ...(plugin === undefined ? {} : { plugin }) },
    })
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** So much of a value as a message can hold. */
const brief = (value: unknown): string => {
  const text = show(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

const show = (value: unknown): string => JSON.stringify(value) ?? String(value)

/** JSON of anything that a plugin returned; `undefined` where there is none. */
function asShown(value: unknown): Json | undefined {
  const text = JSON.stringify(value)
  return text === undefined ? undefined : (JSON.parse(text) as Json)
}
