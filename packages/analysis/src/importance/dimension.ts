import type { Hyperparameter, ParamValue, Space, When } from '@rondo/core'

/** A hyperparameter as a row of cells: its values where they are few, stretches of its range where not. */
export interface Dimension {
  readonly name: string
  /** For each cell a value in it. */
  readonly values: readonly ParamValue[]
  /** For each cell the probability that a draw from the space lies in it, given that the hyperparameter is active. */
  readonly masses: readonly number[]
  readonly count: number
  readonly ordered: boolean
  cellOf(value: ParamValue): number
  /** The cell that stands in where it is not active. */
  readonly defaultCell: number
  /** What its condition asks: for each parent (by its place among the dimensions) the cells that it accepts. */
  readonly conditions: readonly { readonly parent: number; readonly accepted: Uint8Array }[]
}

/** Cells of a range that has more values than these. */
const CELLS = 24

/** Every hyperparameter of a space, parents before children. */
export function dimensionsOf(space: Space): readonly Dimension[] {
  const bounds = boundsInConditions(space)
  const dimensions: Dimension[] = []
  const places = new Map<string, number>()
  for (const name of space.names) {
    const hyperparameter = space.get(name)
    const cells = cellsOfHyperparameter(space, name, hyperparameter, bounds.get(name) ?? [])
    const conditions = Object.entries(hyperparameter.when ?? {}).map(([parent, allowed]) => {
      const place = places.get(parent)!
      const accepted = Uint8Array.from(dimensions[place]!.values, (value) =>
        accepts(allowed, value) ? 1 : 0,
      )
      return { parent: place, accepted }
    })
    places.set(name, dimensions.length)
    const defaultCell = cells.cellOf(defaultOf(space, name, hyperparameter, cells.values))
    dimensions.push({ ...cells, count: cells.values.length, name, conditions, defaultCell })
  }
  return dimensions
}

type Cells = Pick<Dimension, 'values' | 'masses' | 'ordered' | 'cellOf'>

function cellsOfHyperparameter(
  space: Space,
  name: string,
  hyperparameter: Hyperparameter,
  extraEdges: readonly number[],
): Cells {
  const listed = space.valuesOf(name)
  if (hyperparameter.type !== 'int' && hyperparameter.type !== 'float') {
    const values = Array.from({ length: Math.min(256, listed!.length) }, (_, i) => listed!.at(i))
    const ordered = values.every((value) => typeof value === 'number')
    return ordered ? ascending(values as number[]) : byName(values)
  }
  const { low, high, log = false } = hyperparameter
  const scale = log ? Math.log : (value: number) => value
  const back = log ? Math.exp : (value: number) => value
  if (listed !== undefined && listed.length <= CELLS) {
    const values = Array.from({ length: listed.length }, (_, i) => listed.at(i) as number)
    // Half a step out at both ends, as draws are made.
    const edges = edgesAround(values.map(scale))
    return numbers(values, edges.map(back), widths(edges))
  }
  const [from, to] = [scale(low), scale(high)]
  const even = Array.from({ length: CELLS + 1 }, (_, i) => from + ((to - from) * i) / CELLS)
  const inner = extraEdges.filter((edge) => edge > low && edge < high).map(scale)
  const edges = [...new Set([...even, ...inner])].sort((a, b) => a - b)
  const middles = edges.slice(1).map((edge, i) => space.snap(name, back((edge + edges[i]!) / 2)))
  return numbers(middles, edges.map(back), widths(edges))
}

function numbers(values: readonly number[], edges: readonly number[], masses: readonly number[]): Cells {
  const cellOf = (value: ParamValue): number => {
    const next = edges.findIndex((edge, i) => i > 0 && (value as number) < edge)
    return next < 0 ? values.length - 1 : next - 1
  }
  return { values, masses, ordered: true, cellOf }
}

/** A choice of numbers: in ascending order, whatever the order in which they are listed; each as likely. */
function ascending(listed: readonly number[]): Cells {
  const values = [...listed].sort((a, b) => a - b)
  return { values, masses: values.map(() => 1 / values.length), ordered: true, cellOf: placeIn(values) }
}

function byName(values: readonly ParamValue[]): Cells {
  return { values, masses: values.map(() => 1 / values.length), ordered: false, cellOf: placeIn(values) }
}

const placeIn =
  (values: readonly ParamValue[]) =>
  (value: ParamValue): number =>
    Math.max(0, values.indexOf(value))

function edgesAround(places: readonly number[]): readonly number[] {
  if (places.length === 1) return [places[0]! - 0.5, places[0]! + 0.5]
  const between = places.slice(1).map((place, i) => (place + places[i]!) / 2)
  const last = places.length - 1
  return [
    places[0]! - (between[0]! - places[0]!),
    ...between,
    places[last]! + (places[last]! - between[last - 1]!),
  ]
}

function widths(edges: readonly number[]): readonly number[] {
  const whole = edges.at(-1)! - edges[0]!
  return edges.slice(1).map((edge, i) => (edge - edges[i]!) / whole)
}

function defaultOf(
  space: Space,
  name: string,
  hyperparameter: Hyperparameter,
  values: readonly ParamValue[],
): ParamValue {
  if (hyperparameter.type === 'fixed') return hyperparameter.value
  return hyperparameter.default ?? space.defaults()?.[name] ?? values[Math.floor(values.length / 2)]!
}

function accepts(allowed: When[string], value: ParamValue): boolean {
  if (typeof allowed !== 'object') return allowed === value
  if ('min' in allowed || 'max' in allowed) {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = allowed
    return typeof value === 'number' && min <= value && value <= max
  }
  return Array.isArray(allowed) && allowed.includes(value)
}

/** For each number that others depend on, the edges that its cells need so that each is accepted whole or not at all. */
function boundsInConditions(space: Space): ReadonlyMap<string, readonly number[]> {
  const bounds = new Map<string, number[]>()
  for (const name of space.names) {
    for (const [parent, allowed] of Object.entries(space.get(name).when ?? {})) {
      const half = space.get(parent).type === 'int' ? 0.5 : 0
      const around = (low: number, high: number): number[] => [low - half, high + half]
      const edges =
        typeof allowed === 'object' && ('min' in allowed || 'max' in allowed)
          ? around(allowed.min ?? Number.NEGATIVE_INFINITY, allowed.max ?? Number.POSITIVE_INFINITY)
          : [allowed].flat().flatMap((value) => (typeof value === 'number' ? around(value, value) : []))
      bounds.set(parent, [...(bounds.get(parent) ?? []), ...edges])
    }
  }
  return bounds
}
