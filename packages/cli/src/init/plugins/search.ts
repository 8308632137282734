import { type PluginText, suiteTest } from './plugin-text.ts'

/** A search strategy that draws at random; a place to begin. */
export const searchPlugin = (factory: string, name: string): PluginText => ({
  does: 'A search strategy: draws configurations that have not been tried.',
  field: `search: ${factory}()`,
  test: suiteTest('searchStrategySuite', factory, name),
  source: `import { definePlugin, type Plugin, SEARCH_STRATEGY, type SearchStrategy } from '@rondo/core'

/** Draws before the space is taken to be used up. */
const DRAWS = 2000

/**
 * A search strategy is a function of its request: what it wants to remember goes into the suggestion's \`memo\`, and
 * all randomness comes from \`rng\`. The same history gives the same suggestion, in any process.
 */
export const ${factory} = (): Plugin<SearchStrategy> =>
  definePlugin({
    name: '${name}',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    create: () => ({
      // \`history.trials\` has every trial so far with its params and value, \`history.best\` the best of them.
      suggest({ space, history, rng }) {
        for (let draw = 0; draw < DRAWS; draw++) {
          const params = space.sample(rng)
          if (!history.hasTried(params)) return { params }
        }
        return 'exhausted'
      },
    }),
  })
`,
})
