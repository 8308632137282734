import { covers, type Decision, type Plugin, SCHEDULER, type Scheduler } from '@rondo/core'
import { mustHold, mustNotThrow, same, show } from '../broken-rule.ts'
import { jsonOptions } from '../json-options.ts'
import { withInstance } from '../make-instance.ts'
import type { Check, MakePlugin, Suite } from '../suite.ts'
import { interruptRequest, type Simulation, simulate, simulatedSpace } from './simulate.ts'

type Subject = MakePlugin<Plugin<Scheduler>>

const alone: Simulation = {
  title: 'one worker, 27 epochs',
  workers: 1,
  trialLimit: 12,
  fullBudget: { epochs: 27, folds: 1 },
}
const many: Simulation = {
  title: 'four workers, 27 epochs',
  workers: 4,
  trialLimit: 30,
  fullBudget: { epochs: 27, folds: 1 },
}
const folded: Simulation = {
  title: 'two workers, 9 epochs on 3 folds',
  workers: 2,
  trialLimit: 15,
  fullBudget: { epochs: 9, folds: 3 },
}
const smallest: Simulation = {
  title: 'one epoch',
  workers: 2,
  trialLimit: 3,
  fullBudget: { epochs: 1, folds: 1 },
}
const simulations = [alone, many, folded, smallest]

const validDecisions: Check<Subject> = {
  name: 'makes only decisions that can be carried out',
  async run(makePlugin) {
    for (const simulation of simulations) {
      await withScheduler(makePlugin, (scheduler) =>
        simulate(simulation, (request) => scheduler.next(request())),
      )
    }
  },
}

const functionOfRequest: Check<Subject> = {
  name: 'is a function of its request',
  async run(makePlugin) {
    for (const simulation of [many, folded]) {
      await withScheduler(makePlugin, (scheduler) =>
        simulate(simulation, (request) => {
          const once = scheduler.next(request())
          const again = scheduler.next(request())
          mustHold(
            same(once, again),
            'A scheduler must be a function of its request',
            () => `called twice with the same request it gave ${show(once)}, then ${show(again)}`,
          )
          return once
        }),
      )
    }
  },
}

const noState: Check<Subject> = {
  name: 'keeps no state but the history',
  async run(makePlugin) {
    await withScheduler(makePlugin, (kept) =>
      simulate(many, async (request) => {
        const decision = kept.next(request())
        const fresh: Decision = await withScheduler(makePlugin, (scheduler) => scheduler.next(request()))
        mustHold(
          same(decision, fresh),
          'A scheduler must depend on nothing but its request',
          () =>
            `one that had made the decisions before gave ${show(decision)}, a new one with the same history ${show(fresh)}`,
        )
        return decision
      }),
    )
  },
}

const changesNothing: Check<Subject> = {
  name: 'changes nothing in its request',
  async run(makePlugin) {
    // Histories are frozen: whoever changes one throws a TypeError.
    await withScheduler(makePlugin, (scheduler) =>
      simulate(alone, (request) =>
        mustNotThrow('A scheduler must not change its history', () => scheduler.next(request())),
      ),
    )
  },
}

const usesAllTrials: Check<Subject> = {
  name: 'never waits with nothing running while trials are left',
  async run(makePlugin) {
    const fates: readonly Simulation['fate'][] = [undefined, () => 'fails', () => 'diverges']
    for (const fate of fates) {
      for (const simulation of simulations) {
        const { trialsLeft } = await withScheduler(makePlugin, (scheduler) =>
          simulate({ ...simulation, ...(fate && { fate }) }, (request) => scheduler.next(request())),
        )
        mustHold(
          trialsLeft === 0,
          'A scheduler must not wait when nothing is running and trials are left',
          () => `it did with ${trialsLeft} of ${simulation.trialLimit} trials left (${simulation.title})`,
        )
      }
    }
  },
}

const reachesFullBudget: Check<Subject> = {
  name: 'brings at least one trial to the full budget',
  async run(makePlugin) {
    for (const simulation of simulations) {
      const { trials } = await withScheduler(makePlugin, (scheduler) =>
        simulate(simulation, (request) => scheduler.next(request())),
      )
      mustHold(
        trials.some(({ reached }) => covers(reached, simulation.fullBudget)),
        'A scheduler must bring at least one trial to the full budget',
        () => `none of ${trials.length} got there (${simulation.title})`,
      )
    }
  },
}

const survivesFailures: Check<Subject> = {
  name: 'goes on after failed and diverged trials',
  async run(makePlugin) {
    const fates: readonly NonNullable<Simulation['fate']>[] = [
      (trial) => (trial % 3 === 0 ? 'fails' : 'trains'),
      (trial) => (trial % 3 === 0 ? 'diverges' : 'trains'),
      () => 'fails',
      () => 'diverges',
    ]
    for (const fate of fates) {
      for (const simulation of [alone, many, folded]) {
        await withScheduler(makePlugin, (scheduler) =>
          simulate({ ...simulation, fate }, (request) => scheduler.next(request())),
        )
      }
    }
  },
}

const survivesEndings: Check<Subject> = {
  name: 'goes on after trials that ended themselves below their budget',
  async run(makePlugin) {
    const fates: readonly NonNullable<Simulation['fate']>[] = [
      (trial) => (trial % 3 === 0 ? 'ends' : 'trains'),
      () => 'ends',
    ]
    for (const fate of fates) {
      for (const simulation of simulations) {
        const { trialsLeft } = await withScheduler(makePlugin, (scheduler) =>
          simulate({ ...simulation, fate }, (request) => scheduler.next(request())),
        )
        mustHold(
          trialsLeft === 0,
          'A scheduler must not wait for trials that have ended themselves',
          () => `it did with ${trialsLeft} of ${simulation.trialLimit} trials left (${simulation.title})`,
        )
      }
    }
  },
}

const survivesExpectations: Check<Subject> = {
  name: 'goes on whatever the search strategy expects',
  async run(makePlugin) {
    const courses: readonly NonNullable<Simulation['expectations']>[] = [
      () => undefined,
      () => new Map(),
      (trials) => new Map(Array.from({ length: trials }, (_, trial) => [trial, -trial])),
      // Of every other trial nothing is expected, and of each a different thing at each time.
      (trials) =>
        new Map(
          Array.from({ length: trials }, (_, trial) => [
            trial,
            trial % 2 === 0 ? Number.NEGATIVE_INFINITY : (trial * trials) % 7,
          ]),
        ),
    ]
    for (const expected of courses) {
      for (const simulation of simulations) {
        const { trials, trialsLeft } = await withScheduler(makePlugin, (scheduler) =>
          simulate({ ...simulation, expectations: expected }, (request) => scheduler.next(request())),
        )
        mustHold(
          trials.some(({ reached }) => covers(reached, simulation.fullBudget)),
          'A scheduler must bring at least one trial to the full budget, whatever is expected',
          () => `none of ${trials.length} got there (${simulation.title})`,
        )
        mustHold(
          trialsLeft === 0,
          'A scheduler must not wait for something to be expected',
          () => `it did with ${trialsLeft} of ${simulation.trialLimit} trials left (${simulation.title})`,
        )
      }
    }
  },
}

const interrupts: Check<Subject> = {
  name: 'interrupts, if at all, as a function of its request and with a reason',
  async run(makePlugin) {
    await withScheduler(makePlugin, async (scheduler) => {
      if (scheduler.interrupt === undefined) return
      for (let epochs = 1; epochs <= alone.fullBudget.epochs; epochs++) {
        const request = interruptRequest(alone, epochs)
        const once = await mustNotThrow('A scheduler must answer for every running trial', () =>
          scheduler.interrupt?.(request()),
        )
        const again = scheduler.interrupt(request())
        mustHold(
          same(once, again),
          'A scheduler must be a function of its request',
          () => `asked twice whether to interrupt it answered ${show(once)}, then ${show(again)}`,
        )
        mustHold(
          once === undefined || (typeof once.reason === 'string' && once.reason.trim() !== ''),
          'A scheduler must give a reason to stop a trial',
          () => `it interrupted one with ${show(once)}`,
        )
      }
    })
  },
}

/** Rules for every scheduler. The subject makes the plugin with the options to be checked. */
export const schedulerSuite: Suite<Subject> = {
  name: 'scheduler',
  checks: [
    validDecisions,
    functionOfRequest,
    noState,
    changesNothing,
    usesAllTrials,
    reachesFullBudget,
    survivesFailures,
    survivesEndings,
    survivesExpectations,
    interrupts,
    jsonOptions,
  ],
}

function withScheduler<R>(makePlugin: Subject, use: (scheduler: Scheduler) => R | Promise<R>): Promise<R> {
  return withInstance(makePlugin(), SCHEDULER, use, { space: simulatedSpace })
}
