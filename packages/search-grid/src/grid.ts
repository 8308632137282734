import { definePlugin, type Plugin, SEARCH_STRATEGY, type SearchStrategy } from '@rondo/core'
import { GridStrategy } from './grid-strategy.ts'
import { type GridOptions, gridOptions } from './options.ts'

/**
 * Grid search: every combination of the hyperparameters' values once, then `exhausted`. Conditions are counted (what is
 * inactive multiplies nothing), cells that violate a constraint are left out; a failed cell stays a failed trial.
 */
export const grid = (options: GridOptions = {}): Plugin<SearchStrategy> =>
  definePlugin({
    name: 'grid',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    options,
    schema: gridOptions,
    create: () => new GridStrategy(options),
  })
