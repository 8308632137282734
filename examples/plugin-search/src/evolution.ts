import {
  definePlugin,
  type History,
  isBetter,
  type Objective,
  type Params,
  type Plugin,
  type Rng,
  SEARCH_STRATEGY,
  type SearchStrategy,
  type Suggestion,
  type SuggestRequest,
  type TrialView,
} from '@rondo/core'
import { z } from 'zod'
import { mutate } from './mutate.ts'
import { draw, firstUntried } from './untried.ts'

const optionsSchema = z.strictObject({
  population: z.int().min(2).default(12),
  tournament: z.int().min(1).default(4),
})

/** Options of {@link evolution}. */
export interface EvolutionOptions {
  /** Trials that are drawn at random first, and the youngest trials that parents come from after that; default 12. */
  readonly population?: number
  /** Members of the population that compete to be the parent, the best of them wins; default 4. */
  readonly tournament?: number
}

/** Mutations looked at before something new is drawn: around a parent most may have been tried. */
const MOST_MUTATIONS = 100

/**
 * Regularised evolution (Real, Aggarwal, Huang and Le, Regularized evolution for image classifier architecture search,
 * AAAI 2019, algorithm 1): of the youngest trials a few are picked at random, and the best of these gets a child, which
 * differs in one hyperparameter. That members die of age, however good they are, keeps one lucky trial from being
 * everybody's parent.
 */
export const evolution = (options: EvolutionOptions = {}): Plugin<SearchStrategy> =>
  definePlugin({
    name: 'evolution',
    version: '0.1.0',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    options,
    schema: optionsSchema,
    create: () => {
      const { population, tournament } = optionsSchema.parse(options)
      return { suggest: (request) => suggest(request, population, tournament) }
    },
  })

function suggest(request: SuggestRequest, population: number, tournament: number): Suggestion {
  const { space, objective, history, rng } = request
  const alive = youngest(history, population)
  if (history.trials.length >= population && alive.length > 0) {
    for (let attempt = 0; attempt < MOST_MUTATIONS; attempt++) {
      const parent = winner(alive, tournament, objective, rng)
      const child = mutate(space, parent, rng)
      if (space.satisfies(child) && !history.hasTried(child)) return { params: child }
    }
  }
  const params = draw(space, history, rng) ?? firstUntried(space, history)
  return params === undefined ? 'exhausted' : { params }
}

/** The last `population` trials that have a value. Running and failed ones have none. */
function youngest({ trials }: History, population: number): readonly TrialView[] {
  return trials.filter(({ value }) => value !== undefined && Number.isFinite(value)).slice(-population)
}

/** The params of the best of `tournament` trials, picked with replacement. */
function winner(alive: readonly TrialView[], tournament: number, objective: Objective, rng: Rng): Params {
  let best = alive[rng.integer(0, alive.length - 1)]!
  for (let pick = 1; pick < tournament; pick++) {
    const other = alive[rng.integer(0, alive.length - 1)]!
    if (isBetter(objective, other.value!, best.value!)) best = other
  }
  return best.params
}
