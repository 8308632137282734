import { RondoError } from '../errors/rondo-error.ts'
import { conditionsOf } from './conditions.ts'
import type { Params, ParamValue } from './hyperparameter.ts'
import type { Space, Values } from './space.ts'
import { firstAtLeast } from './values.ts'

/**
 * Configurations of a space as one numbered list: conditions are counted (what is inactive multiplies nothing),
 * constraints are not. Nothing is listed, so 10¹² of them cost what ten do.
 */
export interface Cells {
  readonly length: bigint
  /** The configuration with that number. Every configuration has exactly one. */
  at(index: bigint): Params
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
 * Numbers the configurations that have given values.
 *
 * @param valuesOf The values to use for a hyperparameter; ascending for an int or a float.
 */
export function cellsOf(space: Space, valuesOf: (name: string) => Values): Cells {
  const components = connected(space).map((names) => componentCells(space, names, valuesOf))
  const length = components.reduce((product, { length }) => product * length, 1n)
  return {
    length,
    at(index) {
      if (index < 0n || index >= length) {
        throw new RondoError('RONDO_INTERNAL', { message: `There is no cell ${index} among ${length}.` })
      }
      const params: { [name: string]: ParamValue } = {}
      let rest = index
      // The last component varies fastest.
      for (const component of components.toReversed()) {
        component.put(rest % component.length, params)
        rest /= component.length
      }
      return inOrder(space, params)
    },
  }
}

interface ComponentCells {
  readonly length: bigint
  put(index: bigint, params: { [name: string]: ParamValue }): void
}

/**
 * Counting by dynamic programming: how many ways there are to go on from a dimension depends only on which of the tests
 * that are still needed have been passed. Unrelated hyperparameters are counted apart, so few are needed at a time.
 */
function componentCells(
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

  return {
    length: count(0, new Set()),
    put(index, params) {
      let rest = index
      let passed: ReadonlySet<number> = new Set()
      for (const [i, dimension] of dimensions.entries()) {
        if (!isActive(dimension, passed)) continue
        for (const run of dimension.runs) {
          const next = union(passed, run.passes)
          const below = count(i + 1, next)
          const ways = BigInt(run.length) * below
          if (rest < ways) {
            params[dimension.name] = dimension.values.at(run.first + Number(rest / below))
            rest %= below
            passed = next
            break
          }
          rest -= ways
        }
      }
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
