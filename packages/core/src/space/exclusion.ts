import { type Bounds, isExcluded } from './constraint-bounds.ts'
import { namesIn } from './constraints.ts'
import type { Params } from './hyperparameter.ts'
import type { Space, Values } from './space.ts'

/** What constraints rule out while params are being decided one after the other. */
export interface Exclusion {
  /** Whether nothing at all is possible. */
  everything(): boolean
  /** Whether the constraints that name a hyperparameter rule out what has been decided, its value included. */
  decided(name: string, params: Params, decided: ReadonlySet<string>): boolean
  /** Whether they do for every value of it between bounds. */
  between(name: string, bounds: Bounds, params: Params, decided: ReadonlySet<string>): boolean
}

/** @param valuesOf The values that a hyperparameter may get; ascending for an int or a float. */
export function exclusionOf(space: Space, valuesOf: (name: string) => Values): Exclusion {
  const { constraints } = space
  const named = constraints.map((c) => new Set(c.atMost.flatMap((term) => namesIn(term)).map(([n]) => n)))
  const known = new Map<string, Bounds>()
  const boundsOf = (name: string): Bounds | undefined => {
    const { type, when } = space.get(name)
    if (when !== undefined) return undefined
    const bounds = known.get(name) ?? numberBounds(valuesOf(name), type === 'int' || type === 'float')
    known.set(name, bounds)
    return bounds
  }
  return {
    everything: () =>
      constraints.some((c) => isExcluded(c, { params: {}, isDecided: () => false, boundsOf })),
    decided: (name, params, decided) =>
      constraints.some(
        (c, i) =>
          named[i]!.has(name) && isExcluded(c, { params, isDecided: (n) => decided.has(n), boundsOf }),
      ),
    between: (name, bounds, params, decided) =>
      constraints.some(
        (c, i) =>
          named[i]!.has(name) &&
          isExcluded(c, {
            params,
            isDecided: (n) => n !== name && decided.has(n),
            boundsOf: (n) => (n === name ? bounds : boundsOf(n)),
          }),
      ),
  }
}

function numberBounds(values: Values, ascending: boolean): Bounds {
  if (ascending) return [values.at(0) as number, values.at(values.length - 1) as number]
  const numbers = Array.from({ length: values.length }, (_, i) => values.at(i) as number)
  return [Math.min(...numbers), Math.max(...numbers)]
}
