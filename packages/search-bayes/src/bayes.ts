import { definePlugin, type Plugin, SEARCH_STRATEGY, type SearchStrategy } from '@rondo/core'
import { type BayesOptions, bayesOptions } from './options.ts'
import { bayesStrategy } from './strategy.ts'

/**
 * Bayesian optimisation: a Gaussian process learns from all trials, running and failed ones included, which
 * configuration is the most promising next.
 *
 * ```ts
 * search: bayes({ acquisition: 'ucb', kappa: 2, initialPoints: 5 })
 * ```
 */
export const bayes = (options: BayesOptions = {}): Plugin<SearchStrategy> =>
  definePlugin({
    name: 'bayes',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    options,
    schema: bayesOptions,
    create: () => bayesStrategy(bayesOptions.parse(options)),
  })
