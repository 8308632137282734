import { definePlugin, type Plugin, SEARCH_STRATEGY, type SearchStrategy } from '@rondo/core'
import { suggestRandom } from './suggest-random.ts'

/**
 * Random search: each trial is drawn from the whole space, uniformly in each hyperparameter's scale, among the
 * configurations that satisfy conditions and constraints and have not been tried. (Bergstra and Bengio, Random search
 * for hyper-parameter optimization, JMLR 2012.)
 */
export const random = (): Plugin<SearchStrategy> =>
  definePlugin({
    name: 'random',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    create: () => ({ suggest: suggestRandom }),
  })
