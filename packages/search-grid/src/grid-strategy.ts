import {
  type Cells,
  cellsOf,
  type History,
  type JsonObject,
  RondoError,
  type SearchStrategy,
  type Space,
  type Suggestion,
  type SuggestRequest,
} from '@rondo/core'
import { checkLevels, levelsOf } from './levels.ts'
import type { GridOptions } from './options.ts'
import { permute } from './permutation.ts'

/** Cells in a row that may violate the constraints, before the search is given up with an error. */
const MOST_REFUSED = 200_000

/** Where a suggestion stands in the order of cells; its memo. */
interface Place {
  readonly position: bigint
  /** The key of the shuffle, drawn with the first suggestion. */
  readonly key?: number
}

/** Goes through all cells of a grid, one a trial. Where it stands is read from the history. */
export class GridStrategy implements SearchStrategy {
  readonly enumerates = true
  readonly #options: GridOptions
  /** Counting a space is work that need not be repeated. */
  readonly #cells = new WeakMap<Space, Cells>()

  constructor(options: GridOptions) {
    this.#options = options
  }

  /** @throws RONDO_OPTION_INVALID, RONDO_SPACE_INFEASIBLE */
  suggest({ space, history, rng }: SuggestRequest): Suggestion {
    const cells = this.#cellsOf(space)
    const last = lastPlace(history)
    const key = this.#options.order === 'shuffled' ? (last?.key ?? rng.uint32()) : undefined
    let refused = 0
    for (let position = last === undefined ? 0n : last.position + 1n; position < cells.length; position++) {
      const params = cells.at(key === undefined ? position : permute(position, cells.length, key))
      if (!space.satisfies(params)) {
        if (++refused > MOST_REFUSED) throw infeasible(position, cells.length)
        continue
      }
      // Only what the user enqueued can have been tried: cells differ from each other.
      if (!history.hasTried(params))
        return { params, memo: memoOf({ position, ...(key === undefined ? {} : { key }) }) }
    }
    return 'exhausted'
  }

  #cellsOf(space: Space): Cells {
    const known = this.#cells.get(space)
    if (known !== undefined) return known
    const { levels } = this.#options
    checkLevels(space, levels)
    const cells = cellsOf(space, (name) => levelsOf(space, name, levels))
    this.#cells.set(space, cells)
    return cells
  }
}

/** A bigint is no JSON, and a number loses digits of a large one. */
const memoOf = ({ position, key }: Place): JsonObject => ({
  position: String(position),
  ...(key === undefined ? {} : { key }),
})

/** The place of the latest suggestion of this strategy, failed and pending trials included. */
function lastPlace({ trials }: History): Place | undefined {
  for (let i = trials.length - 1; i >= 0; i--) {
    const memo = trials[i]!.memo
    if (typeof memo !== 'object' || memo === null || !('position' in memo)) continue
    const { position, key } = memo
    if (typeof position !== 'string' || !/^\d+$/.test(position)) continue
    return { position: BigInt(position), ...(typeof key === 'number' ? { key } : {}) }
  }
  return undefined
}

const infeasible = (position: bigint, length: bigint): RondoError =>
  new RondoError('RONDO_SPACE_INFEASIBLE', {
    message: `${MOST_REFUSED} cells of the grid in a row violate the constraints; ${position} of ${length} have been gone through.`,
    value: String(position),
    place: { plugin: 'grid', field: 'constraints' },
    remedy: 'Narrow the ranges to where the constraints hold, give fewer levels, or use random search.',
  })
