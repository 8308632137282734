import { type Bounds, isExcluded } from './constraint-bounds.ts'
import { namesIn } from './constraints.ts'
import type { Params } from './hyperparameter.ts'
import type { Space, Values } from './space.ts'

/** Whether the constraints that name a hyperparameter (or all of them) exclude what has been decided. */
export function exclusionOf(
  space: Space,
  valuesOf: (name: string) => Values,
): (name: string | undefined, params: Params, decided: ReadonlySet<string>) => boolean {
  const named = space.constraints.map(
    ({ atMost }) => new Set(atMost.flatMap((term) => namesIn(term)).map(([n]) => n)),
  )
  const bounds = new Map<string, Bounds>()
  const boundsOf = (name: string): Bounds | undefined => {
    const { type, when } = space.get(name)
    if (when !== undefined) return undefined
    const known = bounds.get(name) ?? numberBounds(valuesOf(name), type === 'int' || type === 'float')
    bounds.set(name, known)
    return known
  }
  return (name, params, decided) =>
    space.constraints.some(
      (constraint, i) =>
        (name === undefined || named[i]!.has(name)) &&
        isExcluded(constraint, { params, isDecided: (n) => decided.has(n), boundsOf }),
    )
}

function numberBounds(values: Values, ascending: boolean): Bounds {
  if (ascending) return [values.at(0) as number, values.at(values.length - 1) as number]
  const numbers = Array.from({ length: values.length }, (_, i) => values.at(i) as number)
  return [Math.min(...numbers), Math.max(...numbers)]
}
