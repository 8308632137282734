import { RondoError } from '../errors/rondo-error.ts'
import { componentCells, type Draft, type Watcher } from './component-cells.ts'
import { conditionsOf } from './conditions.ts'
import { exclusionOf } from './exclusion.ts'
import type { Params } from './hyperparameter.ts'
import type { Space, Values } from './space.ts'

/**
 * Configurations of a space as one numbered list: conditions are counted (what is inactive multiplies nothing),
 * constraints are not. Nothing is listed, so 10¹² of them cost what ten do.
 */
export interface Cells {
  readonly length: bigint
  /** The configuration with that number. Every configuration has exactly one. */
  at(index: bigint): Params
  /**
   * The first configuration from `index` on that satisfies the space's constraints; `undefined` where none does. What
   * begins like one whose beginning alone violates a constraint is passed over at once, as are the next values of a
   * range that bounds exclude with it. Gives up after `mostLooks` looks.
   */
  nextFeasible(
    index: bigint,
    mostLooks: number,
  ): { readonly index: bigint; readonly params: Params } | { readonly gaveUpAt: bigint } | undefined
}

/**
 * Numbers the configurations that have given values.
 *
 * @param valuesOf The values to use for a hyperparameter; ascending for an int or a float.
 */
export function cellsOf(space: Space, valuesOf: (name: string) => Values): Cells {
  const components = connected(space).map((names) => componentCells(space, names, valuesOf))
  const length = components.reduce((product, { length }) => product * length, 1n)
  const exclusion = exclusionOf(space, valuesOf)

  /** Sets the params of a cell one after the other; where the watcher refuses them, the end of the cells that it refuses with them. */
  const put = (index: bigint, params: Draft, watcher?: Watcher): bigint | undefined => {
    let base = 0n
    let rest = index
    let below = length
    for (const component of components) {
      // The first component varies slowest.
      below /= component.length
      const own = rest / below
      rest %= below
      const end = component.put(own, params, watcher)
      if (end !== undefined) return base + end * below
      base += own * below
    }
    return undefined
  }

  return {
    length,
    at(index) {
      if (index < 0n || index >= length) {
        throw new RondoError('RONDO_INTERNAL', { message: `There is no cell ${index} among ${length}.` })
      }
      const params: Draft = {}
      put(index, params)
      return inOrder(space, params)
    },
    nextFeasible(index, mostLooks) {
      if (exclusion.everything()) return undefined
      let at = index
      for (let looks = 0; at < length; looks++) {
        if (looks >= mostLooks) return { gaveUpAt: at }
        const params: Draft = {}
        const decided = new Set<string>()
        const end = put(at, params, {
          refuses: (name) => exclusion.decided(name, params, decided.add(name)),
          refusesBetween: (name, bounds) => exclusion.between(name, bounds, params, decided),
        })
        // Bounds that overflow exclude nothing: the constraints themselves have the last word.
        if (end === undefined && space.satisfies(params)) return { index: at, params: inOrder(space, params) }
        at = end ?? at + 1n
      }
      return undefined
    },
  }
}

/** The names in groups that no condition connects; groups and names keep their order. */
function connected(space: Space): readonly (readonly string[])[] {
  const groupOf = new Map<string, Set<string>>()
  for (const name of space.names) {
    const group = new Set([name])
    for (const { parent } of conditionsOf(space.get(name).when)) {
      for (const member of groupOf.get(parent) ?? []) group.add(member)
    }
    for (const member of group) groupOf.set(member, group)
  }
  return [...new Set(space.names.map((name) => groupOf.get(name)!))].map((group) =>
    space.names.filter((name) => group.has(name)),
  )
}

const inOrder = (space: Space, params: Params): Params =>
  Object.fromEntries(
    space.names.flatMap((name) => (Object.hasOwn(params, name) ? [[name, params[name]!]] : [])),
  )
