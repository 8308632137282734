import { cellsOf, type History, type Params, type Space } from '@rondo/core'

/** Configurations looked at; a finite space up to that size is never given up early. */
const MOST_LOOKS = 1_000_000

/**
 * A configuration of a finite space that satisfies the constraints and has not been tried: the first from a place in the
 * list of all (as a share of it in [0, 1)) round to the same place. `undefined` where none is left, or none is found.
 */
export function firstUntried(space: Space, history: History, share: number): Params | undefined {
  const cells = cellsOf(space, (name) => space.valuesOf(name)!)
  // 53 bits of the share reach every start of the lists that can be walked in full.
  const start = (BigInt(Math.floor(share * 2 ** 53)) * cells.length) >> 53n
  for (const [from, end] of [
    [start, cells.length],
    [0n, start],
  ] as const) {
    let at = from
    for (let looks = 0; at < end && looks < MOST_LOOKS; looks++) {
      const next = cells.nextFeasible(at, MOST_LOOKS)
      if (next === undefined || 'gaveUpAt' in next || next.index >= end) break
      if (!history.hasTried(next.params)) return next.params
      at = next.index + 1n
    }
  }
  return undefined
}
