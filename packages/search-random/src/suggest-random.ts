import { cellsOf, type Params, type Space, type Suggestion, type SuggestRequest } from '@rondo/core'

/** Draws before it looks for what is left: while a hundredth of the space is untried, they miss it once in 20,000. */
const DRAWS = 1_000
/** Configurations looked at in the search for what is left; a finite space up to that size is never given up early. */
const MOST_CELLS = 1_000_000n

/**
 * Params that have not been tried; or `exhausted` when a finite space has none left.
 *
 * @throws RONDO_SPACE_INFEASIBLE
 */
export function suggestRandom({ space, history, rng }: SuggestRequest): Suggestion {
  for (let draw = 0; draw < DRAWS; draw++) {
    const params = space.sample(rng)
    if (!history.hasTried(params)) return { params }
  }
  if (!Number.isFinite(space.size)) return 'exhausted'
  const left = firstFrom(space, rng.uniform(), (params) => !history.hasTried(params))
  return left === undefined ? 'exhausted' : { params: left }
}

/** The first configuration that will do, from a place in the list of all (as a share of it) round to the same place. */
function firstFrom(space: Space, share: number, willDo: (params: Params) => boolean): Params | undefined {
  const cells = cellsOf(space, (name) => space.valuesOf(name)!)
  // 53 bits of the share reach every start of the lists that can be walked in full.
  const start = (BigInt(Math.floor(share * 2 ** 53)) * cells.length) >> 53n
  const most = cells.length < MOST_CELLS ? cells.length : MOST_CELLS
  for (let step = 0n; step < most; step++) {
    const params = cells.at((start + step) % cells.length)
    if (space.satisfies(params) && willDo(params)) return params
  }
  return undefined
}
