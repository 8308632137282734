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
import { stopHopeless } from './hopeless.ts'
import { type AshaOptions, ashaOptions } from './options.ts'
import { budgetAt, floorOf, type Rungs, rungsOf } from './rungs.ts'
import { competes, ranked, type Standing, standingOf } from './standing.ts'

/**
 * Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", 2020, algorithm
 * 2), with pauses: a trial trains to the first rung and is paused; whenever it is among the best 1/eta of a rung it
 * goes on, from its checkpoint, to the next. Nothing ever waits for a rung to fill. A trial that has learned nothing by
 * then, no more than a constant prediction tells, is stopped.
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
  const { eta, firstRung, minUpdates } = settings
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
    const promotion = promotable(ladder, objective, least)
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

/** The next promotion, the highest rung first. */
function promotable(
  { rungs, eta, brackets, standings }: Ladder,
  objective: Objective,
  least: number,
): Decision | undefined {
  for (let rung = rungs.length - 2; rung >= 0; rung--) {
    for (let bracket = 0; bracket < brackets; bracket++) {
      const there = standings.filter((s) => s.rung >= rung && bracketOf(s.trial) === bracket)
      const quota = Math.max(least, Math.floor(there.length / eta))
      const leaders = ranked(there, rungs, rung, objective).slice(0, quota)
      const chosen = leaders.find((s) => canGoOn(s, rung))
      if (chosen === undefined) continue
      const { trial, floor } = chosen
      const budget = budgetAt(rungs[rung + 1]!, floor)
      return { do: 'resume', trial: trial.number, budget, tags: { bracket, rung: rung + 1 } }
    }
  }
  return undefined
}

/** Whether a trial waits just at this rung. One that ended itself goes on where more folds are asked of it. */
const canGoOn = ({ trial: { state }, rung: reached }: Standing, rung: number): boolean =>
  reached === rung && (state === 'paused' || state === 'completed')
