import { cellsOf, type History, type Params, type Rng, type Space } from '@rondo/core'

const MOST_DRAWS = 200
/** Configurations looked at; a finite space of up to that size is never given up early. */
const MOST_LOOKS = 100_000

/** Params drawn from the whole space that have not been tried; `undefined` where many draws find none. */
export function draw(space: Space, history: History, rng: Rng): Params | undefined {
  for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
    const params = space.sample(rng)
    if (!history.hasTried(params)) return params
  }
  return undefined
}

/** The first configuration of a finite space that has not been tried; `undefined` where none is left. */
export function firstUntried(space: Space, history: History): Params | undefined {
  if (!Number.isFinite(space.size)) return undefined
  const cells = cellsOf(space, (name) => space.valuesOf(name)!)
  let index = 0n
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const cell = cells.nextFeasible(index, MOST_LOOKS)
    if (cell === undefined || 'gaveUpAt' in cell) return undefined
    if (!history.hasTried(cell.params)) return cell.params
    index = cell.index + 1n
  }
  return undefined
}
