import {
  type Decision,
  definePlugin,
  type Plugin,
  SCHEDULER,
  type ScheduleRequest,
  type Scheduler,
} from '@rondo/core'
import { bracketOf, nextBracket } from './brackets.ts'
import { type AshaOptions, ashaOptions } from './options.ts'
import { type Rungs, rungsOf } from './rungs.ts'
import { ranked, standingOf } from './standing.ts'

/**
 * Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", 2020, algorithm
 * 2), with pauses: a trial trains to the first rung and is paused; whenever it is among the best 1/eta of a rung it
 * goes on, from its checkpoint, to the next. Nothing ever waits for a rung to fill.
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
      const { eta, firstRung, brackets } = ashaOptions.parse(options)
      return {
        next: (request) => {
          const rungs = rungsOf(request.history.fullBudget, eta, firstRung)
          return nextOfAsha(request, rungs, eta, Math.min(brackets, rungs.length))
        },
      }
    },
  })

function nextOfAsha(request: ScheduleRequest, rungs: Rungs, eta: number, brackets: number): Decision {
  const { history } = request
  const hopeless = history.trials.find(({ state, value }) => state === 'paused' && value === undefined)
  if (hopeless !== undefined) {
    const { epochs } = hopeless.reached
    return { do: 'stop', trial: hopeless.number, reason: `No finite value in ${epochs} epochs.` }
  }
  // When nothing can start any more and nothing runs, rungs too small for a quota still send their best on.
  const last = history.trialsLeft === 0 && !history.trials.some(({ state }) => state === 'running')
  for (const least of last ? [0, 1] : [0]) {
    const promotion = promotable(request, rungs, eta, brackets, least)
    if (promotion !== undefined) return promotion
  }
  if (history.trialsLeft === 0) return { do: 'wait' }
  const bracket = nextBracket(history.trials, brackets, eta)
  return { do: 'start', budget: rungs[bracket]!, tags: { bracket, rung: bracket } }
}

/** The next promotion, the highest rung first. */
function promotable(
  { history, objective }: ScheduleRequest,
  rungs: Rungs,
  eta: number,
  brackets: number,
  least: number,
): Decision | undefined {
  const standings = history.trials.map((trial) => standingOf(trial, rungs))
  for (let rung = rungs.length - 2; rung >= 0; rung--) {
    for (let bracket = 0; bracket < brackets; bracket++) {
      const there = standings.filter((s) => s.rung >= rung && bracketOf(s.trial) === bracket)
      const quota = Math.max(least, Math.floor(there.length / eta))
      const leaders = ranked(
        there.map((s) => s.trial),
        rungs[rung]!,
        objective,
      ).slice(0, quota)
      const chosen = leaders.find((trial) => canGoOn(standings[trial.number]!.rung, rung, trial.state))
      if (chosen === undefined) continue
      return {
        do: 'resume',
        trial: chosen.number,
        budget: rungs[rung + 1]!,
        tags: { bracket, rung: rung + 1 },
      }
    }
  }
  return undefined
}

/** Whether a trial waits just at this rung. One that ended itself goes on where more folds are asked of it. */
const canGoOn = (reached: number, rung: number, state: string): boolean =>
  reached === rung && (state === 'paused' || state === 'completed')
