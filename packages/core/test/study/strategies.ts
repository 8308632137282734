import { definePlugin, type Plugin, SEARCH_STRATEGY, type SearchStrategy } from '@rondo/core'

/** A strategy for tests: draws from the space, so that a suggestion depends on trial number and seed alone. */
export const drawing = (): Plugin<SearchStrategy> =>
  definePlugin({
    name: 'drawing',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    create: () => ({ suggest: ({ space, rng }) => ({ params: space.sample(rng) }) }),
  })

/**
 * A strategy for tests that looks at everything: it moves a tenth of the way from a draw towards the best so far, so
 * that any difference in the visible history changes what comes after.
 */
export const contracting = (): Plugin<SearchStrategy> =>
  definePlugin({
    name: 'contracting',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    create: () => ({
      suggest: ({ space, rng, history }) => {
        const drawn = space.sample(rng)
        const { best } = history
        if (best === undefined) return { params: drawn, memo: history.trials.length }
        const params = Object.fromEntries(
          Object.entries(drawn).map(([name, value]) => {
            const towards = best.params[name]
            if (typeof value !== 'number' || typeof towards !== 'number') return [name, value]
            return [name, space.snap(name, value + 0.1 * (towards - value))]
          }),
        )
        return { params, memo: history.trials.length }
      },
    }),
  })
