import { gatherFloats, gatherInts } from './gather.ts'

/**
 * The used columns of a table in their order of time, series after series, and complete: what windows are cut from.
 * Only what was recorded counts as a target; filled values are inputs alone.
 */
export interface Frame {
  readonly rows: number
  /** By name, the values of each number input, filled. */
  readonly numbers: ReadonlyMap<string, Float64Array>
  /** By name, for each category input its number in the plan's values. */
  readonly categories: ReadonlyMap<string, Int32Array>
  /** By name, the targets as recorded: numbers, or the number of the class; NaN where there is none. */
  readonly targets: ReadonlyMap<string, Float64Array>
  /** Milliseconds since 1970-01-01 UTC, where there is a column of dates. */
  readonly times?: Float64Array
  /** For each row the number of its series or sequence, ascending, where there is an id column. */
  readonly groups?: Int32Array
  /** The id of each series by its number. */
  readonly ids?: readonly string[]
  /** For each row the first row of its series. */
  readonly origins: Int32Array
  /** By name, each target that is a number, where it was not recorded the last value before: what differences are taken to. */
  readonly references: ReadonlyMap<string, Float64Array>
  /** For each row the first row of its series from which on all of {@link Frame.references} are there. */
  readonly recorded: Int32Array
  /** Marks rows to predict, of which only what is known ahead is given. */
  readonly future?: Uint8Array
  /** For each row its row in the table. */
  readonly sources: Int32Array
}

/** A copy of some rows, ascending; nothing in it can reach the others. */
export function takeRows(frame: Frame, rows: Int32Array): Frame {
  const floats = (values: Float64Array) => gatherFloats(values, rows)
  const ints = (values: Int32Array) => gatherInts(values, rows)
  const groups = frame.groups && ints(frame.groups)
  const origins = originsOf(rows.length, groups)
  const references = mapValues(frame.references, floats)
  return {
    rows: rows.length,
    numbers: mapValues(frame.numbers, floats),
    categories: mapValues(frame.categories, ints),
    targets: mapValues(frame.targets, floats),
    ...(frame.times && { times: floats(frame.times) }),
    ...(groups && { groups }),
    ...(frame.ids && { ids: frame.ids }),
    origins,
    references,
    recorded: recordedFrom(origins, references),
    ...(frame.future && { future: Uint8Array.from(rows, (row) => frame.future![row]!) }),
    sources: ints(frame.sources),
  }
}

/** For each row the first row of its group. */
export function originsOf(rows: number, groups: Int32Array | undefined): Int32Array {
  const origins = new Int32Array(rows)
  if (groups === undefined) return origins
  for (let row = 1; row < rows; row++)
    origins[row] = groups[row] === groups[row - 1] ? origins[row - 1]! : row
  return origins
}

/** For each row the first row of its series from which on every reference is there; one after the row where there is none yet. */
export function recordedFrom(origins: Int32Array, references: ReadonlyMap<string, Float64Array>): Int32Array {
  const recorded = origins.slice()
  for (const values of references.values()) {
    for (let row = 0; row < recorded.length; row++) {
      const isFirst = origins[row] === row
      if (!isFirst) recorded[row] = Math.max(recorded[row]!, Math.min(recorded[row - 1]!, row))
      if (Number.isNaN(values[row]!)) recorded[row] = row + 1
    }
  }
  return recorded
}

/** The rows of each series, one after the other. */
export function* seriesOf({
  origins,
  rows,
}: Frame): Generator<{ readonly from: number; readonly to: number }> {
  let from = 0
  for (let row = 1; row <= rows; row++) {
    if (row === rows || origins[row] === row) {
      if (row > from) yield { from, to: row }
      from = row
    }
  }
}

/** Of each series in turn the values that are there, NaN left out. */
export function* recordedBySeries(frame: Frame, values: Float64Array): Generator<Float64Array> {
  for (const { from, to } of seriesOf(frame))
    yield values.subarray(from, to).filter((value) => !Number.isNaN(value))
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, change: (value: A) => B): ReadonlyMap<string, B> {
  return new Map([...map].map(([name, value]) => [name, change(value)]))
}
