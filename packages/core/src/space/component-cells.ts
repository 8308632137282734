import { conditionsOf } from './conditions.ts'
import type { ParamValue } from './hyperparameter.ts'
import type { Space, Values } from './space.ts'
import { firstAtLeast } from './values.ts'

/** Params in the making. */
export type Draft = { [name: string]: ParamValue }

/** Is told that a hyperparameter has been decided: whether nothing that goes on from there is wanted. */
export type IsRefused = (name: string) => boolean

/** The configurations of hyperparameters that conditions connect, as one numbered list. */
export interface ComponentCells {
  readonly length: bigint
  /** Sets the params of a configuration; the end of those that begin alike where `isRefused` says so. */
  put(index: bigint, params: Draft, isRefused: IsRefused): bigint | undefined
}

/** A hyperparameter as counting sees it. */
interface Dimension {
  readonly name: string
  readonly values: Values
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
    put(index, params, isRefused) {
      let rest = index
      let alike = length
      let passed: ReadonlySet<number> = new Set()
      for (const [i, dimension] of dimensions.entries()) {
        if (isActive(dimension, passed)) {
          for (const run of dimension.runs) {
            const next = union(passed, run.passes)
            const below = count(i + 1, next)
            const ways = BigInt(run.length) * below
            if (rest < ways) {
              params[dimension.name] = dimension.values.at(run.first + Number(rest / below))
              rest %= below
              alike = below
              passed = next
              break
            }
            rest -= ways
          }
        }
        if (isRefused(dimension.name)) return index - rest + alike
      }
      return undefined
    },
  }
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
    const starts =
      type === 'int' || type === 'float' ? cuts(values, made) : indices(made.length === 0 ? 0 : values.length)
    return {
      name,
      values,
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
