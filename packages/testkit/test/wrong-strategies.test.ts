import {
  definePlugin,
  defineSpace,
  type Expectations,
  type ExpectationsRequest,
  type Plugin,
  SEARCH_STRATEGY,
  type SearchStrategy,
  type Suggestion,
  type SuggestRequest,
} from '@rondo/core'
import { searchStrategySuite } from '../src/index.ts'
import { notJson, testWrong } from './wrong-plugins.ts'

type Suggest = (request: SuggestRequest) => Suggestion

/** A plugin whose every instance gets a `suggest` of its own. */
const plugin = (make: () => Suggest, options?: unknown) => (): Plugin<SearchStrategy> =>
  definePlugin({
    name: 'wrong',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    ...(options === undefined ? {} : { options }),
    create: () => ({ suggest: make() }),
  })

const stateless = (suggest: Suggest) => plugin(() => suggest)

/** What the wrong ones do where they do nothing wrong. */
const good: Suggest = ({ space, history, rng }) => {
  for (let i = 0; i < 1000; i++) {
    const params = space.sample(rng)
    if (!history.hasTried(params)) return { params }
  }
  return 'exhausted'
}

/** Suggests well, whatever it expects. */
const withExpectations =
  (expectations: (request: ExpectationsRequest) => unknown) => (): Plugin<SearchStrategy> =>
    definePlugin({
      name: 'wrong',
      provides: SEARCH_STRATEGY,
      scope: 'study',
      create: () => ({ suggest: good, expectations: expectations as SearchStrategy['expectations'] & {} }),
    })

/** Expects another thing at each call. */
function counting(): (request: ExpectationsRequest) => Expectations {
  let calls = 0
  return ({ history }) => new Map(history.trials.map(({ number }) => [number, calls++]))
}

/** Answers with the params themselves. */
const bare = stateless(({ space, rng }) => space.sample(rng) as unknown as Suggestion)

testWrong(searchStrategySuite, {
  'suggests params of the space, conditions included': [
    {
      subject: stateless(({ space, rng }) => ({ params: { ...space.sample(rng), surprise: 1 } })),
      says: /must lie in the space.*surprise/,
    },
    {
      // Gives values to hyperparameters that are switched off.
      subject: stateless((request) => {
        const { space, rng } = request
        const all = Object.fromEntries(
          Object.entries(space.definition).map(([name, { when: _, ...h }]) => [name, h]),
        )
        return { params: defineSpace(all).sample(rng) }
      }),
      says: /must lie in the space.*conditions/,
    },
    { subject: stateless(() => 'wait'), says: /must not wait when nothing is running/ },
    {
      subject: stateless(() => undefined as unknown as Suggestion),
      says: /must answer with { params }, “wait” or “exhausted”: for trial 0 it answered undefined$/,
    },
    { subject: bare, says: /must answer with { params }.*without { params: … } around them/ },
  ],
  'suggests params that satisfy the constraints': {
    subject: stateless(({ space, rng }) => ({ params: defineSpace(space.definition).sample(rng) })),
    says: /must satisfy the constraints/,
  },
  'is a function of its request': {
    subject: plugin(() => {
      let calls = 0
      return (request) => {
        if (calls++ % 2 === 1) request.rng.uniform()
        return good(request)
      }
    }),
    says: /must be a function of its request: called twice with the same request/,
  },
  'keeps no state but the history': {
    subject: plugin(() => {
      let first: number | undefined
      return (request) => {
        first ??= request.trial
        for (let i = 0; i < first; i++) request.rng.uniform()
        return good(request)
      }
    }),
    says: /must depend on nothing but its request/,
  },
  'changes nothing in its request': {
    subject: stateless((request) => {
      ;(request.history.trials as unknown[]).reverse()
      return good(request)
    }),
    says: /must not change its history/,
  },
  'does not repeat a configuration, unless as a replicate that it names': [
    {
      subject: stateless(({ space }) => ({ params: space.defaults()! })),
      says: /must not be suggested again.*trial 1 were trial 0 already/,
    },
    {
      subject: stateless((request) => {
        const suggestion = good(request)
        return typeof suggestion === 'object' && request.trial > 2
          ? { ...suggestion, replicateOf: 1 }
          : suggestion
      }),
      says: /replicate must have the params/,
    },
  ],
  'does not suggest again what is running': [
    { subject: bare, says: /must answer with { params }/ },
    {
      subject: stateless(({ space, history, rng }) => {
        const done = history.trials.filter(({ state }) => state === 'completed')
        const keys = new Set(done.map(({ params }) => space.keyOf(params)))
        const params = space.sample(rng)
        return keys.has(space.keyOf(params)) ? 'exhausted' : { params }
      }),
      says: /must not be suggested again/,
    },
  ],
  'goes through a finite space once, then says so': [
    { subject: bare, says: /must answer with { params }/ },
    {
      subject: stateless(({ space, rng }) => ({ params: space.sample(rng) })),
      says: /must say “exhausted” when.*still suggested/,
    },
    {
      subject: stateless((request) => (request.trial >= 5 ? 'exhausted' : good(request))),
      says: /must say “exhausted” only when.*after 5 of 12/,
    },
  ],
  'goes on after failed trials': {
    subject: stateless((request) => {
      for (const { state, value } of request.history.trials) if (state !== 'running') value!.toFixed(2)
      return good(request)
    }),
    says: /must answer every history.*threw/,
  },
  'goes on after NaN, infinite, huge and equal values': {
    subject: stateless((request) => {
      const { trials } = request.history
      const isKnown = trials.some(({ value }) => value !== undefined)
      return trials.length > 0 && !isKnown ? 'wait' : good(request)
    }),
    says: /must not wait when nothing is running/,
  },
  'takes trials that it did not suggest': {
    subject: stateless((request) => {
      const used = request.history.trials.map(({ memo }) => (memo as { index: number }).index)
      const suggestion = good(request)
      return typeof suggestion === 'object' ? { ...suggestion, memo: { index: used.length } } : suggestion
    }),
    says: /must answer every history.*threw/,
  },
  'suggests after 1,000 trials in bounded work': {
    subject: stateless((request) => {
      while (request.trial > 500 && request.rng.uniform() < 2);
      return good(request)
    }),
    says: /in bounded work/,
  },
  'expects, if anything, numbers of trials that there are, as a function of its request': [
    { subject: withExpectations(() => ({ 0: 1 })), says: /must be a Map of their numbers.*: it is \{/ },
    { subject: withExpectations(async () => new Map()), says: /must be a Map.*at once.*: it is a promise/ },
    {
      subject: withExpectations(
        ({ history }) => new Map(history.trials.map(({ number }) => [number, Number.NaN])),
      ),
      says: /must expect numbers of trials.*: of 1 trials it expects Number.NaN of trial 0/,
    },
    {
      subject: withExpectations(() => new Map([[99, 1]])),
      says: /numbers of trials that there are.*trial 99/,
    },
    {
      subject: withExpectations(({ history }) => new Map(Object.entries(history.trials.map(() => 1)))),
      says: /numbers of trials that there are: of 1 trials it expects 1 of trial "0"/,
    },
    {
      subject: withExpectations(({ history }) => new Map([[0, history.trials[0]!.value!]])),
      says: /must answer when it is asked what it expects of the trials: of 0 it threw/,
    },
    {
      subject: withExpectations(counting()),
      says: /must be a function of its request: asked twice about 1 trials/,
    },
  ],
  'has JSON for memos': {
    subject: stateless((request) => {
      const suggestion = good(request)
      return typeof suggestion === 'object' ? { ...suggestion, memo: { best: Number.NaN } } : suggestion
    }),
    says: /memo must be JSON.*NaN/,
  },
  'has JSON for options': { subject: plugin(() => good, notJson), says: /Options must be JSON/ },
})
