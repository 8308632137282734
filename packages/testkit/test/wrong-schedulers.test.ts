import {
  compose,
  covers,
  type Decision,
  definePlugin,
  fullBudget,
  type Plugin,
  SCHEDULER,
  type ScheduleRequest,
  type Scheduler,
} from '@rondo/core'
import { schedulerSuite } from '../src/index.ts'
import { notJson, testWrong } from './wrong-plugins.ts'

type Next = (request: ScheduleRequest) => Decision

const plugin =
  (make: () => Next, more: Partial<Scheduler> & { readonly options?: unknown } = {}) =>
  (): Plugin<Scheduler> => {
    const { options, ...rest } = more
    return definePlugin({
      name: 'wrong',
      provides: SCHEDULER,
      scope: 'study',
      ...(options === undefined ? {} : { options }),
      create: () => ({ next: make(), ...rest }),
    })
  }

const stateless = (next: Next) => plugin(() => next)
const good: Next = (request) => compose([fullBudget()]).resolve(SCHEDULER).next(request)
/** Pauses every trial once. */
const halves: Next = ({ history }) => {
  const { fullBudget: full, trials, trialsLeft } = history
  const paused = trials.find(({ state }) => state === 'paused')
  if (paused !== undefined) return { do: 'resume', trial: paused.number, budget: full }
  const epochs = Math.ceil(full.epochs / 2)
  return trialsLeft > 0 ? { do: 'start', budget: { ...full, epochs } } : { do: 'wait' }
}

testWrong(schedulerSuite, {
  'goes on whatever the search strategy expects': [
    {
      subject: stateless((request) => {
        const { expectations, history } = request
        // Starts nothing while something is expected of no trial.
        return expectations?.()?.size === 0 && history.trials.length > 1 ? { do: 'wait' } : good(request)
      }),
      says: /must not wait for something to be expected/,
    },
    {
      subject: stateless((request) => {
        if (request.expectations?.()?.get(0) === Number.NEGATIVE_INFINITY)
          throw new Error('nothing to expect')
        return good(request)
      }),
      says: /must answer every history.*threw/,
    },
  ],
  'makes only decisions that can be carried out': [
    {
      subject: stateless(() => ({ do: 'start', budget: { epochs: 1, folds: 1 } })),
      says: /must not start a trial when none is left/,
    },
    {
      subject: stateless(({ history }) => ({ do: 'start', budget: { ...history.fullBudget, epochs: 1.5 } })),
      says: /budget must be whole numbers/,
    },
    {
      subject: stateless(({ history }) => ({
        do: 'start',
        budget: { epochs: history.fullBudget.epochs + 1, folds: 1 },
      })),
      says: /up to the full budget/,
    },
    {
      subject: stateless(() => ({ do: 'resume', trial: 3, budget: { epochs: 1, folds: 1 } })),
      says: /may resume only trials/,
    },
    {
      subject: stateless((request) => {
        const { trials } = request.history
        const done = trials.find(({ state }) => state === 'completed')
        return done === undefined ? good(request) : { do: 'resume', trial: done.number, budget: done.reached }
      }),
      says: /to a larger budget/,
    },
    {
      subject: stateless((request) => {
        const paused = request.history.trials.find(({ state }) => state === 'paused')
        return paused === undefined ? halves(request) : { do: 'stop', trial: paused.number, reason: '' }
      }),
      says: /must give a reason to stop/,
    },
    {
      subject: stateless(
        (request) => ({ ...good(request), tags: { at: new Date(0) } }) as unknown as Decision,
      ),
      says: /Tags must be JSON/,
    },
    {
      // Goes from many epochs on one fold to one epoch on many, and back, for ever.
      subject: stateless((request) => {
        const { trials, fullBudget: full } = request.history
        if (full.folds === 1) return good(request)
        const wide = { epochs: 1, folds: full.folds }
        const paused = trials.find(({ state }) => state === 'paused')
        if (paused === undefined) return { do: 'start', budget: wide }
        const budget = paused.reached.folds === 1 ? wide : { epochs: full.epochs, folds: 1 }
        return { do: 'resume', trial: paused.number, budget }
      }),
      says: /must come to an end/,
    },
    {
      subject: stateless(() => ({ do: 'begin' }) as unknown as Decision),
      says: /start, resume, stop or wait/,
    },
  ],
  'is a function of its request': {
    subject: plugin(() => {
      let calls = 0
      return (request) => ({ ...good(request), tags: { calls: calls++ } }) as Decision
    }),
    says: /called twice with the same request/,
  },
  'keeps no state but the history': {
    subject: plugin(() => {
      let first: number | undefined
      return (request) => {
        first ??= request.history.trials.length
        return { ...good(request), tags: { first } } as Decision
      }
    }),
    says: /must depend on nothing but its request/,
  },
  'changes nothing in its request': {
    subject: stateless((request) => {
      ;(request.history.trials as unknown[]).sort()
      return good(request)
    }),
    says: /must not change its history|must answer every history/,
  },
  'never waits with nothing running while trials are left': {
    subject: stateless((request) => (request.history.trials.length >= 2 ? { do: 'wait' } : good(request))),
    says: /must not wait when nothing is running and trials are left/,
  },
  'brings at least one trial to the full budget': {
    subject: stateless(({ history }) =>
      history.trialsLeft > 0 ? { do: 'start', budget: { epochs: 1, folds: 1 } } : { do: 'wait' },
    ),
    says: /must bring at least one trial to the full budget/,
  },
  'goes on after failed and diverged trials': {
    subject: stateless((request) => {
      for (const { state, value } of request.history.trials) if (state !== 'running') value!.toFixed(2)
      return good(request)
    }),
    says: /must answer every history.*threw/,
  },
  'goes on after trials that ended themselves below their budget': {
    // Starts three, and no more until all of them have come to the full budget.
    subject: stateless(({ history: { trials, trialsLeft, fullBudget: full } }) => {
      const first = { ...full, epochs: Math.ceil(full.epochs / 3) }
      if (trialsLeft > 0 && trials.length < 3) return { do: 'start', budget: first }
      const paused = trials.find(({ state }) => state === 'paused')
      if (paused !== undefined) return { do: 'resume', trial: paused.number, budget: full }
      const arrived = trials.filter(({ reached }) => covers(reached, full))
      if (trialsLeft === 0 || arrived.length < 3) return { do: 'wait' }
      return { do: 'start', budget: full }
    }),
    says: /must not wait for trials that have ended themselves/,
  },
  'interrupts, if at all, as a function of its request and with a reason': [
    { subject: plugin(() => good, { interrupt: () => ({ reason: ' ' }) }), says: /must give a reason/ },
    {
      subject: plugin(() => good, {
        interrupt({ running }) {
          throw new TypeError(`no rung at epoch ${running.reached.epochs}`)
        },
      }),
      says: /must answer for every running trial.*no rung at epoch 1/,
    },
    {
      subject: (() => {
        let calls = 0
        return plugin(() => good, { interrupt: () => (calls++ % 2 === 0 ? undefined : { reason: 'odd' }) })
      })(),
      says: /asked twice whether to interrupt/,
    },
  ],
  'has JSON for options': { subject: plugin(() => good, { options: notJson }), says: /Options must be JSON/ },
})
