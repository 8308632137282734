import { type Cells, cellsOf, type History, type Params, type Space } from '@rondo/core'

/** Up to so many configurations are compared one by one, none left out. */
const MOST_COMPARED = 4096
/** Up to so many are looked through for one that is left. */
const MOST_LOOKED_THROUGH = 1_000_000

/** Every configuration of a small finite space that satisfies the constraints and was not tried; `undefined` for a larger one. */
export function allUntried(space: Space, history: History): Params[] | undefined {
  if (space.size > MOST_COMPARED) return undefined
  const cells = cellsOfSpace(space)
  const untried: Params[] = []
  for (let i = 0n; i < cells.length; i++) {
    const params = cells.at(i)
    if (space.satisfies(params) && !history.hasTried(params)) untried.push(params)
  }
  return untried
}

/** The first untried configuration of a finite space; `undefined` where none is left, or none was met for long. */
export function anyUntried(space: Space, history: History): Params | undefined {
  if (space.size === Number.POSITIVE_INFINITY) return undefined
  const cells = cellsOfSpace(space)
  const last = cells.length < BigInt(MOST_LOOKED_THROUGH) ? cells.length : BigInt(MOST_LOOKED_THROUGH)
  for (let i = 0n; i < last; i++) {
    const params = cells.at(i)
    if (space.satisfies(params) && !history.hasTried(params)) return params
  }
  return undefined
}

const cellsOfSpace = (space: Space): Cells => cellsOf(space, (name) => space.valuesOf(name)!)
