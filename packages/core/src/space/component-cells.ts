import { conditionsOf } from './conditions.ts'
import type { Bounds } from './constraint-bounds.ts'
import type { ParamValue } from './hyperparameter.ts'
import type { Space, Values } from './space.ts'
import { firstAtLeast } from './values.ts'

/** Params in the making. */
export type Draft = { [name: string]: ParamValue }

/** Is told of each hyperparameter that has been decided, and says what is not wanted. */
export interface Watcher {
  /** Whether nothing that goes on from here is wanted. */
  refuses(name: string): boolean
  /** Whether nothing is wanted for any value of it between bounds, the rest being as it is. */
  refusesBetween(name: string, bounds: Bounds): boolean
}

/** The configurations of hyperparameters that conditions connect, as one numbered list. */
export interface ComponentCells {
  readonly length: bigint
  /** Sets the params of a configuration; where the watcher refuses it, the end of those that it refuses with it. */
  put(index: bigint, params: Draft, watcher?: Watcher): bigint | undefined
}

/** A hyperparameter as counting sees it. */
interface Dimension {
  readonly name: string
  readonly values: Values
  /** Whether they are ascending numbers. */
  readonly ascending: boolean
  /** Its conditions, as numbers of tests on earlier dimensions. */
  readonly needs: readonly number[]
  /** The runs of its values that differ in what they let be active. */
  readonly runs: readonly Run[]
  /** The tests that a later dimension (this one included) needs, made by earlier ones. */
  readonly live: readonly number[]
}

/** Values first … first + length − 1, alike in the tests that they pass. */
interface Run {
  readonly first: number
  readonly length: number
  readonly passes: readonly number[]
}

/**
 * Counting by dynamic programming: how many ways there are to go on from a dimension depends only on which of the tests
 * that are still needed have been passed. Unrelated hyperparameters are counted apart, so few are needed at a time.
 */
export function componentCells(
  space: Space,
  names: readonly string[],
  valuesOf: (name: string) => Values,
): ComponentCells {
  const dimensions = dimensionsOf(space, names, valuesOf)
  const memo = dimensions.map(() => new Map<string, bigint>())

  const count = (i: number, passed: ReadonlySet<number>): bigint => {
    const dimension = dimensions[i]
    if (dimension === undefined) return 1n
    const state = dimension.live.map((test) => (passed.has(test) ? 1 : 0)).join('')
    const known = memo[i]!.get(state)
    if (known !== undefined) return known
    let ways = 0n
    if (isActive(dimension, passed)) {
      for (const run of dimension.runs) ways += BigInt(run.length) * count(i + 1, union(passed, run.passes))
    } else {
      ways = count(i + 1, passed)
    }
    memo[i]!.set(state, ways)
    return ways
  }

  const length = count(0, new Set())
  return {
    length,
    put(index, params, watcher) {
      let rest = index
      let passed: ReadonlySet<number> = new Set()
      for (const [i, dimension] of dimensions.entries()) {
        const { name, values } = dimension
        let alike = length
        let refusedTogether = () => 1
        if (isActive(dimension, passed)) {
          for (const run of dimension.runs) {
            const next = union(passed, run.passes)
            const below = count(i + 1, next)
            const ways = BigInt(run.length) * below
            if (rest < ways) {
              const at = run.first + Number(rest / below)
              params[name] = values.at(at)
              rest %= below
              alike = below
              passed = next
              refusedTogether = () =>
                watcher ? refusedFrom(dimension, at, run.first + run.length, watcher) : 1
              break
            }
            rest -= ways
          }
        } else {
          alike = count(i + 1, passed)
        }
        if (watcher?.refuses(name)) return index - rest + alike * BigInt(refusedTogether())
      }
      return undefined
    },
  }
}

/** How many values from `at` on (one that is refused) are refused together: twice as many, while bounds tell. */
function refusedFrom(
  { name, values, ascending }: Dimension,
  at: number,
  end: number,
  watcher: Watcher,
): number {
  let width = 1
  while (ascending && at + width < end) {
    const wider = Math.min(2 * width, end - at)
    if (!watcher.refusesBetween(name, [values.at(at) as number, values.at(at + wider - 1) as number])) break
    width = wider
  }
  return width
}

const isActive = ({ needs }: Dimension, passed: ReadonlySet<number>): boolean =>
  needs.every((test) => passed.has(test))

const union = (passed: ReadonlySet<number>, more: readonly number[]): ReadonlySet<number> =>
  more.length === 0 ? passed : new Set([...passed, ...more])

interface Test {
  readonly child: number
  readonly parent: string
  readonly accepts: (value: ParamValue) => boolean
  readonly ranges: readonly (readonly [number, number])[]
}

function dimensionsOf(
  space: Space,
  names: readonly string[],
  valuesOf: (name: string) => Values,
): readonly Dimension[] {
  const tests: readonly Test[] = names.flatMap((name, child) =>
    conditionsOf(space.get(name).when).map((condition) => ({ child, ...condition })),
  )
  return names.map((name, i) => {
    const values = valuesOf(name)
    const { type } = space.get(name)
    const made = tests.flatMap((test, t) => (test.parent === name ? [{ ...test, t }] : []))
    const ascending = type === 'int' || type === 'float'
    const starts = ascending ? cuts(values, made) : indices(made.length === 0 ? 0 : values.length)
    return {
      name,
      values,
      ascending,
      needs: tests.flatMap((test, t) => (test.child === i ? [t] : [])),
      live: tests.flatMap((test, t) => (names.indexOf(test.parent) < i && test.child >= i ? [t] : [])),
      runs: runsOf(values, starts, made),
    }
  })
}

/** Where ascending values begin or cease to pass a test. */
function cuts(values: Values, tests: readonly Test[]): readonly number[] {
  return tests.flatMap(({ ranges }) =>
    ranges.flatMap(([min, max]) => {
      const first = firstAtLeast(values, min)
      const last = firstAtLeast(values, max)
      return [first, last < values.length && values.at(last) === max ? last + 1 : last]
    }),
  )
}

const indices = (length: number): readonly number[] => Array.from({ length }, (_, i) => i)

function runsOf(
  values: Values,
  starts: readonly number[],
  tests: readonly (Test & { readonly t: number })[],
): readonly Run[] {
  const sorted = [...new Set([0, ...starts])].filter((i) => i < values.length).sort((a, b) => a - b)
  return sorted.map((first, i) => {
    const passes = tests.filter(({ accepts }) => accepts(values.at(first))).map(({ t }) => t)
    return { first, length: (sorted[i + 1] ?? values.length) - first, passes }
  })
}
