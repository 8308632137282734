import type { Params, ParamValue, Rng, Space } from '@rondo/core'
import { isNumeric, positionOf, valueAt } from './position.ts'

/** The standard deviation of a number's step, as a share of its range. */
const STEP = 0.2

/**
 * The params of a child: one hyperparameter differs from the parent's. What the change makes active is drawn anew, what
 * it makes inactive is left out. The child may violate the constraints of the space.
 */
export function mutate(space: Space, parent: Params, rng: Rng): Params {
  const changeable = space.names.filter(
    (name) => Object.hasOwn(parent, name) && hasSeveralValues(space, name),
  )
  const changed = changeable[rng.integer(0, Math.max(0, changeable.length - 1))]
  const child: { [name: string]: ParamValue } = {}
  for (const name of space.names) {
    if (!space.isActive(name, child)) continue
    const inherited = parent[name]
    if (inherited === undefined) child[name] = drawn(space, name, rng)
    else child[name] = name === changed ? moved(space, name, inherited, rng) : inherited
  }
  return child
}

/** A number takes a normal step, folded back at the ends of its range; anything else becomes another value. */
function moved(space: Space, name: string, from: ParamValue, rng: Rng): ParamValue {
  const h = space.get(name)
  if (isNumeric(h)) {
    const to = Math.abs(positionOf(h, from as number) + STEP * rng.normal()) % 2
    return space.snap(name, valueAt(h, to > 1 ? 2 - to : to))
  }
  const values = space.valuesOf(name)!
  const others = Array.from({ length: values.length }, (_, i) => values.at(i)!).filter((v) => v !== from)
  return others[rng.integer(0, others.length - 1)]!
}

/** Any value, evenly in the hyperparameter's scale. */
function drawn(space: Space, name: string, rng: Rng): ParamValue {
  const h = space.get(name)
  if (isNumeric(h)) return space.snap(name, valueAt(h, rng.uniform()))
  const values = space.valuesOf(name)!
  return values.at(rng.integer(0, values.length - 1))!
}

function hasSeveralValues(space: Space, name: string): boolean {
  const values = space.valuesOf(name)
  return values === undefined || values.length > 1
}
