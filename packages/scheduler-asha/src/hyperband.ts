import {
  type Decision,
  definePlugin,
  type Plugin,
  SCHEDULER,
  type ScheduleRequest,
  type Scheduler,
  type TrialView,
} from '@rondo/core'
import { stopHopeless } from './hopeless.ts'
import { type HyperbandOptions, hyperbandOptions } from './options.ts'
import { type Rungs, rungsOf } from './rungs.ts'
import { competes, ranked, type Standing, standingOf } from './standing.ts'

/**
 * Hyperband (Li et al. 2018, algorithm 1): brackets one after the other, each of successive halving that starts at
 * another rung. A rung is cut to its best 1/eta once all its trials are there; a worker that would wait for that
 * starts on the next bracket. A trial that has learned nothing by its first rung, no more than a constant prediction
 * tells, is stopped.
 *
 * ```ts
 * scheduler: hyperband({ eta: 3 })
 * ```
 */
export const hyperband = (options: HyperbandOptions = {}): Plugin<Scheduler> =>
  definePlugin({
    name: 'hyperband',
    provides: SCHEDULER,
    scope: 'study',
    options,
    schema: hyperbandOptions,
    create: () => {
      const { eta, firstRung } = hyperbandOptions.parse(options)
      return {
        choosesEpochs: true,
        next: (request) => nextOfHyperband(request, rungsOf(request.history.fullBudget, eta, firstRung), eta),
      }
    },
  })

/** One round of successive halving. */
interface Round {
  /** The rung at which its trials start. */
  readonly start: number
  /** The number of its first trial and the count of its trials. */
  readonly first: number
  readonly size: number
}

/** Rounds by trial number, from the first to the one that trial `number` belongs to: what starts lowest comes first. */
function roundsTo(number: number, rungs: Rungs, eta: number): Round[] {
  const rounds: Round[] = []
  for (let first = 0, start = 0; first <= number; start = (start + 1) % rungs.length) {
    const halvings = rungs.length - 1 - start
    const size = Math.ceil((rungs.length / (halvings + 1)) * eta ** halvings)
    rounds.push({ start, first, size })
    first += size
  }
  return rounds
}

function nextOfHyperband({ history, objective }: ScheduleRequest, rungs: Rungs, eta: number): Decision {
  const { trials, trialsLeft } = history
  const all = trials.map((trial) => standingOf(trial, rungs))
  const hopeless = stopHopeless(all, objective)
  if (hopeless !== undefined) return hopeless
  const standings = all.filter(({ trial }) => competes(trial))
  const rounds = roundsTo(standings.length, rungs, eta)
  for (const [bracket, round] of rounds.entries()) {
    const members = standings.slice(round.first, round.first + round.size)
    if (members.length < round.size && trialsLeft > 0) continue
    // Those that are to come to a rung: all members to the first, then the leaders of the rung below.
    let expected: readonly Standing[] = members
    for (let rung = round.start; rung < rungs.length - 1; rung++) {
      if (expected.some((s) => s.rung < rung && isOnItsWay(s.trial))) break
      const there = members.filter((s) => s.rung >= rung)
      const leaders = ranked(there, rungs, rung, objective).slice(0, quotaOf(there.length, eta))
      const waiting = leaders.find((s) => s.rung === rung && canGoOn(s.trial))?.trial
      if (waiting !== undefined) {
        return {
          do: 'resume',
          trial: waiting.number,
          budget: rungs[rung + 1]!,
          tags: { bracket, rung: rung + 1 },
        }
      }
      expected = leaders
    }
  }
  if (trialsLeft === 0) return { do: 'wait' }
  const { start } = rounds.at(-1)!
  return { do: 'start', budget: rungs[start]!, tags: { bracket: rounds.length - 1, rung: start } }
}

const canGoOn = ({ state, value }: TrialView): boolean =>
  value !== undefined && (state === 'paused' || state === 'completed')

const isOnItsWay = ({ state }: TrialView): boolean => state === 'queued' || state === 'running'

const quotaOf = (count: number, eta: number): number => Math.max(1, Math.floor(count / eta))
