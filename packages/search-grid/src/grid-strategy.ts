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

/** Shuffled cells in a row that may violate the constraints, before the rest is gone through in the fixed order. */
const MOST_REFUSED = 20_000
/** Looks that finding the next cell in the fixed order may take. */
const MOST_LOOKS = 200_000

/** Where a suggestion stands; its memo. */
interface Place {
  /** In the shuffled order where there is a key, else in the fixed one. */
  readonly position: bigint
  /** Of the shuffle, drawn with the first suggestion. */
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
  suggest(request: SuggestRequest): Suggestion {
    const cells = this.#cellsOf(request.space)
    const last = lastPlace(request.history)
    const from = last === undefined ? 0n : last.position + 1n
    if (this.#options.order !== 'shuffled') return nextFixed(request, cells, from)
    // A suggestion without a key was made when shuffling had been given up.
    if (last !== undefined && last.key === undefined) return nextFixed(request, cells, from)
    return nextShuffled(request, cells, { position: from, key: last?.key ?? request.rng.uint32() })
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

/** The next cell of the shuffle. Where hardly any satisfies the constraints, all that are left are sought in order. */
function nextShuffled(
  request: SuggestRequest,
  cells: Cells,
  { position: from, key }: Required<Place>,
): Suggestion {
  const { space, history } = request
  let refused = 0
  for (let position = from; position < cells.length; position++) {
    const params = cells.at(permute(position, cells.length, key))
    if (!space.satisfies(params)) {
      if (++refused > MOST_REFUSED) return nextFixed(request, cells, 0n)
    } else if (!history.hasTried(params)) {
      return { params, memo: memoOf({ position, key }) }
    }
  }
  return endOf(request)
}

function nextFixed(request: SuggestRequest, cells: Cells, from: bigint): Suggestion {
  for (let at = from; ; ) {
    const next = cells.nextFeasible(at, MOST_LOOKS)
    if (next === undefined) return endOf(request)
    if ('gaveUpAt' in next) throw gaveUp(next.gaveUpAt, cells.length)
    // Cells differ from each other: what has been tried was enqueued by the user, or came in the shuffled order.
    if (!request.history.hasTried(next.params))
      return { params: next.params, memo: memoOf({ position: next.index }) }
    at = next.index + 1n
  }
}

/** A grid of which nothing could ever be tried is a mistake rather than used up. */
function endOf({ history }: SuggestRequest): 'exhausted' {
  if (history.trials.length > 0) return 'exhausted'
  throw new RondoError('RONDO_SPACE_INFEASIBLE', {
    message: 'No cell of the grid satisfies the constraints.',
    place: { plugin: 'grid', field: 'constraints' },
    remedy: 'Give more levels, or loosen the constraints.',
  })
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

const gaveUp = (position: bigint, length: bigint): RondoError =>
  new RondoError('RONDO_SPACE_INFEASIBLE', {
    message: `Too few cells of the grid satisfy the constraints: the next was not found up to ${position} of ${length}.`,
    value: String(position),
    place: { plugin: 'grid', field: 'constraints' },
    remedy: 'Narrow the ranges to where the constraints hold, or give fewer levels.',
  })
