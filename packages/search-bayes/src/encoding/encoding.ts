import type { Params, Space, When } from '@rondo/core'
import type { Metric } from '../gp/covariance.ts'
import { type Coordinate, coordinateOf } from './coordinate.ts'

/** Where an inactive hyperparameter is put: the middle of its range. */
const IMPUTED = 0.5
/** The category of an inactive categorical hyperparameter. */
const NO_CATEGORY = -1

/**
 * The way between params, positions and features.
 *
 * - *positions* `[coordinates.length]`: one for each hyperparameter that can vary, inactive ones included, so that a
 *   search can move through all of them freely.
 * - *features* `[metric.length]`: what the kernel sees: positions on their grid, inactive ones imputed, and one more
 *   dimension for each condition, that says whether it holds.
 */
export interface Encoding {
  readonly coordinates: readonly Coordinate[]
  readonly metric: Metric
  /** The params at these positions; inactive ones are left out. Constraints are not looked at. */
  paramsAt(positions: Float64Array): Params
  /** The positions of params; inactive ones are imputed. */
  positionsOf(params: Params): Float64Array
  /** Writes the features of params to `features[at …]`. */
  encode(params: Params, features: Float64Array, at?: number): void
}

/** The encoding of a space. It depends on nothing else. */
export function encodingOf(space: Space): Encoding {
  const coordinates: Coordinate[] = []
  const byName = new Map<string, { readonly coordinate: Coordinate; readonly index: number }>()
  for (const name of space.names) {
    const coordinate = coordinateOf(space, name)
    if (coordinate === undefined) continue
    byName.set(name, { coordinate, index: coordinates.length })
    coordinates.push(coordinate)
  }
  const conditional = oneOfEachCondition(space)
  const metric = [...coordinates.map((c) => c.categorical), ...conditional.map(() => true)]
  return {
    coordinates,
    metric,
    paramsAt: (positions) => {
      const params: Record<string, Params[string]> = {}
      for (const name of space.names) {
        if (!space.isActive(name, params)) continue
        const known = byName.get(name)
        params[name] =
          known === undefined ? onlyValue(space, name) : known.coordinate.valueAt(positions[known.index]!)
      }
      return params
    },
    positionsOf: (params) =>
      Float64Array.from(coordinates, (coordinate) => {
        const value = params[coordinate.name]
        if (value !== undefined) return coordinate.positionOf(value)
        return coordinate.categorical ? 0 : IMPUTED
      }),
    encode: (params, features, at = 0) => {
      for (let i = 0; i < coordinates.length; i++) {
        const coordinate = coordinates[i]!
        const value = params[coordinate.name]
        const absent = coordinate.categorical ? NO_CATEGORY : IMPUTED
        features[at + i] = value === undefined ? absent : coordinate.positionOf(value)
      }
      for (let i = 0; i < conditional.length; i++) {
        features[at + coordinates.length + i] = params[conditional[i]!] === undefined ? 0 : 1
      }
    },
  }
}

function onlyValue(space: Space, name: string): Params[string] {
  const hyperparameter = space.get(name)
  return hyperparameter.type === 'fixed' ? hyperparameter.value : space.valuesOf(name)!.at(0)
}

/** For each different condition of the space the name of one hyperparameter that is under it. */
function oneOfEachCondition(space: Space): string[] {
  const names = new Map<string, string>()
  for (const name of space.names) {
    const { when } = space.get(name)
    if (when !== undefined && !names.has(canonical(when))) names.set(canonical(when), name)
  }
  return [...names.values()]
}

function canonical(when: When): string {
  return JSON.stringify(
    Object.keys(when)
      .sort()
      .map((name) => [name, when[name]]),
  )
}
