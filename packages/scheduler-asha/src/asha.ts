import {
  type Decision,
  definePlugin,
  type Objective,
  type Plugin,
  SCHEDULER,
  type ScheduleRequest,
  type Scheduler,
} from '@rondo/core'
import { bracketOf, nextBracket } from './brackets.ts'
import { orderedByBoth } from './expectations.ts'
import { stopHopeless } from './hopeless.ts'
import { type AshaOptions, ashaOptions } from './options.ts'
import { budgetAt, floorOf, type Rungs, rungsOf } from './rungs.ts'
import { competes, ranked, type Standing, standingOf } from './standing.ts'

/**
 * Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", 2020, algorithm
 * 2), with pauses: a trial trains to the first rung and is paused; whenever it is among the best 1/eta of a rung it
 * goes on, from its checkpoint, to the next. At its first rung what the search strategy expects of it counts too
 * ({@link orderedByBoth}). Nothing ever waits for a rung to fill. A trial that has learned nothing by then, no more than a
 * constant prediction tells, is stopped.
 *
 * ```ts
 * scheduler: asha({ eta: 3, firstRung: 2 })
 * ```
 */
export const asha = (options: AshaOptions = {}): Plugin<Scheduler> =>
  definePlugin({
    name: 'asha',
    provides: SCHEDULER,
    scope: 'study',
    options,
    schema: ashaOptions,
    create: () => {
      const settings = ashaOptions.parse(options)
      return { choosesEpochs: true, next: (request) => nextOfAsha(request, settings) }
    },
  })

type AshaSettings = ReturnType<typeof ashaOptions.parse>

/** What a decision is made from. */
interface Ladder {
  readonly rungs: Rungs
  readonly eta: number
  readonly brackets: number
  readonly standings: readonly Standing[]
}

function nextOfAsha(request: ScheduleRequest, settings: AshaSettings): Decision {
  const { history, objective } = request
  const { eta, firstRung, minUpdates, expectations } = settings
  const rungs = rungsOf(history.fullBudget, eta, firstRung)
  const brackets = Math.min(settings.brackets, rungs.length)
  const standings = history.trials.map((trial) =>
    standingOf(trial, rungs, floorOf(trial, request, minUpdates)),
  )
  const hopeless = stopHopeless(standings, objective)
  if (hopeless !== undefined) return hopeless
  const ladder = { rungs, eta, brackets, standings: standings.filter(({ trial }) => competes(trial)) }
  const early = notYetJudged(ladder)
  if (early !== undefined) return early
  // When nothing can start any more and nothing runs, rungs too small for a quota still send their best on.
  const last = history.trialsLeft === 0 && !history.trials.some(({ state }) => state === 'running')
  for (const least of last ? [0, 1] : [0]) {
    const promotion = promotable(ladder, {
      objective,
      least,
      expectations: expectations ? request.expectations : undefined,
    })
    if (promotion !== undefined) return promotion
  }
  if (history.trialsLeft === 0) return { do: 'wait' }
  const bracket = nextBracket(
    ladder.standings.map(({ trial }) => trial),
    brackets,
    eta,
  )
  return { do: 'start', budget: rungs[bracket]!, tags: { bracket, rung: bracket } }
}

/** A trial that made too few updates in its first rung goes on first: until then nothing can be said of it. */
function notYetJudged({ rungs, standings }: Ladder): Decision | undefined {
  const early = standings.find(({ trial, rung }) => trial.state === 'paused' && rung < bracketOf(trial))
  if (early === undefined) return undefined
  const { trial, floor } = early
  const bracket = Math.min(bracketOf(trial), rungs.length - 1)
  const budget = budgetAt(rungs[bracket]!, floor)
  return { do: 'resume', trial: trial.number, budget, tags: { bracket, rung: bracket } }
}

/** By what promotions are chosen. */
interface Choice {
  readonly objective: Objective
  /** Promotions from each rung, however few trials have come to it. */
  readonly least: number
  readonly expectations: ScheduleRequest['expectations'] | undefined
}

/** The next promotion, the highest rung first. */
function promotable(
  { rungs, eta, brackets, standings }: Ladder,
  { objective, least, expectations }: Choice,
): Decision | undefined {
  const inFull = standings.filter(({ rung }) => rung === rungs.length - 1).length
  for (let rung = rungs.length - 2; rung >= 0; rung--) {
    for (let bracket = 0; bracket < brackets; bracket++) {
      const there = standings.filter((s) => s.rung >= rung && bracketOf(s.trial) === bracket)
      const quota = Math.max(least, Math.floor(there.length / eta))
      if (quota === 0 || !there.some((s) => canGoOn(s, rung))) continue
      const byValue = ranked(there, rungs, rung, objective)
      const expected = rung === bracket ? expectations?.() : undefined
      const places = quota - there.filter((s) => wentOn(s, rung)).length
      const leaders =
        expected === undefined ? byValue.slice(0, quota) : orderedByBoth(byValue, expected, inFull)
      const chosen = expected === undefined || places > 0 ? leaders.find((s) => canGoOn(s, rung)) : undefined
      if (chosen === undefined) continue
      const { trial, floor } = chosen
      const budget = budgetAt(rungs[rung + 1]!, floor)
      const by = expected === undefined ? {} : { by: 'expectations' }
      return { do: 'resume', trial: trial.number, budget, tags: { bracket, rung: rung + 1, ...by } }
    }
  }
  return undefined
}

/**
 * Whether a trial was sent on from this rung. What is expected changes with every result, so that who leads by that is
 * another one each time: the quota counts those that went, lest in the end they all do.
 */
const wentOn = ({ trial: { legs } }: Standing, rung: number): boolean =>
  legs.some(({ tags }) => typeof tags.rung === 'number' && tags.rung > rung)

/** Whether a trial waits just at this rung. One that ended itself goes on where more folds are asked of it. */
const canGoOn = ({ trial: { state }, rung: reached }: Standing, rung: number): boolean =>
  reached === rung && (state === 'paused' || state === 'completed')
