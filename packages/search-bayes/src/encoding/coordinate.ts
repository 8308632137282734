import type { Hyperparameter, ParamValue, Space } from '@rondo/core'
import { scaleOf } from './scale.ts'

/** At most so many values are looked at one by one; a longer grid is searched like a continuous coordinate. */
const SCANNED_VALUES = 64

/**
 * One hyperparameter as a coordinate of the unit cube, or as a category.
 *
 * A category's position is its index in the list of values. A number's position is in [0, 1], on the hyperparameter's
 * own scale; a grid (integers, steps, lists of numbers) has its bounds widened by half a step, so that each value has
 * an equal share of the cube and a uniform draw is uniform over the values.
 */
export interface Coordinate {
  readonly name: string
  /** Whether positions compare by equality alone. */
  readonly categorical: boolean
  /** The number of values; Infinity where continuous. */
  readonly count: number
  /** Whether gradients lead anywhere: continuous, or a grid too fine to be looked at value by value. */
  readonly smooth: boolean
  /** The position of a value. */
  positionOf(value: ParamValue): number
  /** The value at a position; a number in [0, 1] off the grid gives the nearest value. */
  valueAt(position: number): ParamValue
  /** The position of value `index`, 0 … count − 1. */
  gridPosition(index: number): number
  /** The index of the value at a position of a grid. */
  indexAt(position: number): number
  /** A position from a uniform number in [0, 1). */
  fromUniform(u: number): number
}

/** The coordinate of a hyperparameter; `undefined` for a fixed one, or one of a single value: it has nothing to search. */
export function coordinateOf(space: Space, name: string): Coordinate | undefined {
  const hyperparameter = space.get(name)
  const values = space.valuesOf(name)
  if (hyperparameter.type === 'fixed' || values?.length === 1) return undefined
  if (hyperparameter.type === 'boolean') return category(name, [false, true])
  if (hyperparameter.type === 'choice') return choice(name, hyperparameter.values)
  return range(space, name, hyperparameter, values?.length)
}

const clamp = (v: number, low: number, high: number): number => Math.min(high, Math.max(low, v))

function category(name: string, values: readonly ParamValue[]): Coordinate {
  const count = values.length
  return {
    name,
    categorical: true,
    count,
    smooth: false,
    positionOf: (value) => values.indexOf(value),
    valueAt: (position) => values[position]!,
    gridPosition: (index) => index,
    indexAt: (position) => position,
    fromUniform: (u) => Math.min(count - 1, Math.floor(u * count)),
  }
}

/** A choice of numbers has an order, and distances on the scale where they are most even; any other has none. */
function choice(name: string, values: readonly ParamValue[]): Coordinate {
  const numbers = values.filter((v) => typeof v === 'number')
  if (numbers.length !== values.length || values.length < 3) return category(name, values)
  const ascending = numbers.toSorted((a, b) => a - b)
  const scale = scaleOf(ascending)
  const places = ascending.map((v, i) => (scale === 'rank' ? i : scale === 'log' ? Math.log(v) : v))
  const count = places.length
  const low = places[0]!
  const high = places[count - 1]!
  const margin = (high - low) / (count - 1) / 2
  const positions = places.map((p) => (p - low + margin) / (high - low + 2 * margin))
  const indexAt = (position: number): number => {
    let nearest = 0
    for (let i = 1; i < count; i++) {
      if (Math.abs(positions[i]! - position) < Math.abs(positions[nearest]! - position)) nearest = i
    }
    return nearest
  }
  return {
    name,
    categorical: false,
    count,
    smooth: false,
    positionOf: (value) => positions[ascending.indexOf(value as number)]!,
    valueAt: (position) => ascending[indexAt(position)]!,
    gridPosition: (index) => positions[index]!,
    indexAt,
    fromUniform: (u) => positions[Math.min(count - 1, Math.floor(u * count))]!,
  }
}

type Range = Extract<Hyperparameter, { readonly type: 'int' | 'float' }>

function range(
  space: Space,
  name: string,
  { type, low, high, log, step }: Range,
  count = Number.POSITIVE_INFINITY,
): Coordinate {
  const grid = type === 'int' ? (step ?? 1) : step
  const top = grid === undefined ? high : low + (count - 1) * grid
  // The logarithm must stay finite: a grid that starts within half a step of 0 is widened less.
  const margin = grid === undefined ? 0 : log === true ? Math.min(grid, low) / 2 : grid / 2
  const forward = log === true ? Math.log : (v: number): number => v
  const backward = log === true ? Math.exp : (v: number): number => v
  const from = forward(low - margin)
  const width = forward(top + (grid === undefined ? 0 : grid / 2)) - from
  const positionOf = (value: ParamValue): number => clamp((forward(value as number) - from) / width, 0, 1)
  const raw = (position: number): number => backward(from + clamp(position, 0, 1) * width)
  const indexAt = (position: number): number =>
    grid === undefined ? 0 : clamp(Math.round((raw(position) - low) / grid), 0, count - 1)
  // The bounds themselves are met: by the logarithm and back they would be a rounding off, and could be tried again.
  const between = (position: number): number => (position <= 0 ? low : position >= 1 ? high : raw(position))
  const snapped = (value: number): number => space.snap(name, clamp(value, low, top))
  return {
    name,
    categorical: false,
    count,
    smooth: count > SCANNED_VALUES,
    positionOf,
    // The nearest value in the parameter's own units, so that every value has its equal share also under a log scale.
    valueAt: (position) => snapped(grid === undefined ? between(position) : low + indexAt(position) * grid),
    gridPosition: (index) => positionOf(snapped(low + index * (grid ?? 0))),
    indexAt,
    fromUniform: (u) => u,
  }
}
