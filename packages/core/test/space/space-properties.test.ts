import { isDeepStrictEqual } from 'node:util'
import {
  atMost,
  cellsOf,
  defineSpace,
  deriveRng,
  type Params,
  type ParamValue,
  product,
  type Space,
  spaceFromJson,
  sum,
  type Term,
} from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyParameter, arbitrarySpace, finiteParameter } from './arbitrary-space.ts'

const anySpace = arbitrarySpace(anyParameter)
const finiteSpace = arbitrarySpace(finiteParameter, 4)

/** A term over the numbers of a space, some of them conditional. */
const termOf = (names: readonly string[]): fc.Arbitrary<Term> =>
  fc.letrec<{ term: Term; leaf: Term }>((tie) => ({
    leaf:
      names.length === 0
        ? fc.integer({ min: -3, max: 9 })
        : fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom(...names)),
    term: fc.oneof(
      { maxDepth: 2 },
      tie('leaf'),
      fc.array(tie('term'), { minLength: 1, maxLength: 3 }).map((terms) => sum(...terms)),
      fc.array(tie('term'), { minLength: 1, maxLength: 3 }).map((terms) => product(...terms)),
    ),
  })).term

/** Finite spaces with up to two constraints of any form, which may leave nothing. */
const constrainedSpace: fc.Arbitrary<Space> = finiteSpace.chain((space) => {
  const numbers = space.names.filter((name) => {
    const values = space.valuesOf(name)!
    return Array.from({ length: values.length }, (_, i) => values.at(i)).every(
      (value) => typeof value === 'number',
    )
  })
  return fc.array(fc.tuple(termOf(numbers), termOf(numbers)), { maxLength: 2 }).map((pairs) =>
    defineSpace(
      space.definition,
      pairs.map(([left, right]) => atMost(left, right)),
    ),
  )
})
const rngOf = (seed: number) => deriveRng({ seed, purpose: 'test' })

/** Every configuration by brute force: all combinations, reduced to what is active, without duplicates. */
function allConfigurations(space: Space): ReadonlyMap<string, Params> {
  let combinations: Params[] = [{}]
  for (const name of space.names) {
    const values = space.valuesOf(name)!
    const all: ParamValue[] = Array.from({ length: values.length }, (_, i) => values.at(i))
    combinations = combinations.flatMap((params) =>
      space.isActive(name, params) ? all.map((value) => ({ ...params, [name]: value })) : [params],
    )
  }
  return new Map(combinations.map((params) => [space.keyOf(params), params]))
}

describe('for every space', () => {
  test('a sample is valid and satisfies the constraints', () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        const params = space.sample(rngOf(seed))
        expect(() => space.validate(params)).not.toThrow()
        expect(space.satisfies(params)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('the default is valid, or is excluded by a constraint', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        const params = space.defaults()
        if (params === undefined) expect(space.constraints).not.toEqual([])
        else expect(() => space.validate(params)).not.toThrow()
      }),
    )
  })

  test('what is inactive has no value, and a value for it is refused', () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        const params = space.sample(rngOf(seed))
        for (const name of space.names) {
          expect(Object.hasOwn(params, name)).toBe(space.isActive(name, params))
          if (space.isActive(name, params)) continue
          const value = space.valuesOf(name)?.at(0) ?? 1
          expect(() => space.validate({ ...params, [name]: value })).toThrow(
            expect.objectContaining({ code: 'RONDO_PARAMS_INVALID', place: { param: name } }),
          )
        }
      }),
    )
  })

  test('names come after those that their conditions refer to', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        expect([...space.names].sort()).toEqual(Object.keys(space.definition).sort())
        for (const [i, name] of space.names.entries()) {
          for (const parent of Object.keys(space.get(name).when ?? {})) {
            expect(space.names.indexOf(parent)).toBeLessThan(i)
          }
        }
      }),
    )
  })

  test('JSON gives back the same space', () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        const again = spaceFromJson(JSON.parse(JSON.stringify(space)))
        expect(again.toJSON()).toEqual(space.toJSON())
        expect(again.names).toEqual(space.names)
        expect(again.size).toBe(space.size)
        expect(again.sample(rngOf(seed))).toEqual(space.sample(rngOf(seed)))
      }),
    )
  })

  test('two params share a key exactly when they are the same configuration', () => {
    fc.assert(
      fc.property(finiteSpace, fc.nat(), fc.nat(), (space, seed, other) => {
        const a = space.sample(rngOf(seed))
        const b = space.sample(rngOf(other))
        expect(space.keyOf(a) === space.keyOf(b)).toBe(isDeepStrictEqual({ ...a }, { ...b }))
        const reversed = Object.fromEntries(Object.entries(a).reverse())
        expect(space.keyOf(reversed)).toBe(space.keyOf(a))
        expect(space.keyOf(JSON.parse(JSON.stringify(a)))).toBe(space.keyOf(a))
      }),
      { numRuns: 300 },
    )
  })

  test('a key counts what is active only', () => {
    fc.assert(
      fc.property(finiteSpace, fc.nat(), (space, seed) => {
        const params = space.sample(rngOf(seed))
        const withLeftovers = Object.fromEntries(
          space.names.map((name) => [name, params[name] ?? space.valuesOf(name)!.at(0)]),
        )
        expect(space.keyOf(withLeftovers)).toBe(space.keyOf(params))
      }),
    )
  })

  test('snapping twice is snapping once, onto a value that is valid', () => {
    fc.assert(
      fc.property(
        anyParameter.filter((h) => h.type === 'int' || h.type === 'float'),
        fc.oneof(fc.double({ min: -5, max: 40, noNaN: true }), fc.double({ noNaN: true })),
        (h, value) => {
          const space = spaceFromJson({ hyperparameters: { x: { ...h } } })
          const snapped = space.snap('x', value)
          expect(space.snap('x', snapped)).toBe(snapped)
          expect(() => space.validate({ x: snapped })).not.toThrow()
        },
      ),
      { numRuns: 500 },
    )
  })

  test('the values of a hyperparameter ascend, are valid, and are what snapping gives', () => {
    fc.assert(
      fc.property(finiteParameter, (h) => {
        const space = spaceFromJson({ hyperparameters: { x: { ...h } } })
        const values = space.valuesOf('x')!
        const all = Array.from({ length: values.length }, (_, i) => values.at(i))
        expect(new Set(all).size).toBe(values.length)
        for (const x of all) expect(() => space.validate({ x })).not.toThrow()
        if (h.type !== 'int' && h.type !== 'float') return
        expect(all).toEqual((all as number[]).toSorted((a, b) => a - b))
        expect(all.at(0)).toBe(h.low)
        expect(h.high - (all.at(-1) as number)).toBeLessThan((h.step ?? 1) * (1 - 1e-6))
      }),
    )
  })

  test('its size and its cells are those that brute force finds, each once', () => {
    fc.assert(
      fc.property(finiteSpace, (space) => {
        const expected = allConfigurations(space)
        expect(space.size).toBe(expected.size)
        const cells = cellsOf(space, (name) => space.valuesOf(name)!)
        expect(cells.length).toBe(BigInt(expected.size))
        const found = Array.from({ length: expected.size }, (_, i) => cells.at(BigInt(i)))
        for (const params of found) space.validate(params)
        expect(new Set(found.map((params) => space.keyOf(params)))).toEqual(new Set(expected.keys()))
      }),
      { numRuns: 300 },
    )
  })
})

describe('for every finite space', () => {
  test('going from one feasible cell to the next finds those that satisfy the constraints, in order', () => {
    fc.assert(
      fc.property(constrainedSpace, (space) => {
        const cells = cellsOf(space, (name) => space.valuesOf(name)!)
        const expected: Params[] = []
        for (let i = 0n; i < cells.length; i++) {
          if (space.satisfies(cells.at(i))) expected.push(cells.at(i))
        }
        const found: Params[] = []
        for (let from = 0n; ; ) {
          const next = cells.nextFeasible(from, 1e6)
          if (next === undefined || 'gaveUpAt' in next) break
          expect(cells.at(next.index)).toEqual(next.params)
          found.push(next.params)
          from = next.index + 1n
        }
        expect(found).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})
