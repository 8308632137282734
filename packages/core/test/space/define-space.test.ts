import {
  atMost,
  boolean,
  cellsOf,
  choice,
  defineSpace,
  deriveRng,
  fixed,
  float,
  int,
  type Params,
  type ParamsOf,
  product,
  type Space,
  spaceFromJson,
  sum,
} from '@rondo/core'
import { describe, expect, expectTypeOf, test } from 'vitest'

const rng = deriveRng({ seed: 1, purpose: 'test' })
const samples = (space: Space, n: number): Params[] => Array.from({ length: n }, () => space.sample(rng))

describe('the types of params', () => {
  test('follow from the definition', () => {
    const space = defineSpace({
      units: int(32, 512, { log: true }),
      optimizer: choice(['adam', 'rmsprop']),
      batchSize: choice([16, 32]),
      bias: boolean(),
      rate: float(0, 0.5, { when: { bias: true } }),
      loss: fixed('mse'),
    })
    type P = ParamsOf<typeof space.definition>
    expectTypeOf<P['units']>().toEqualTypeOf<number>()
    expectTypeOf<P['optimizer']>().toEqualTypeOf<'adam' | 'rmsprop'>()
    expectTypeOf<P['batchSize']>().toEqualTypeOf<16 | 32>()
    expectTypeOf<P['bias']>().toEqualTypeOf<boolean>()
    expectTypeOf<P['rate']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<P['loss']>().toEqualTypeOf<'mse'>()
    expectTypeOf<P>().toExtend<Params>()
    // @ts-expect-error a default must be one of the values
    expect(() => defineSpace({ optimizer: choice(['adam', 'sgd'], { default: 'adm' }) })).toThrow(
      'Did you mean “adam”?',
    )
  })
})

describe('sampling', () => {
  test('is uniform in the logarithm on a log scale', () => {
    const values = samples(defineSpace({ x: float(1e-4, 1, { log: true }) }), 4000).map(
      ({ x }) => x as number,
    )
    // Each of the four decades expects 1,000 ± 27; six standard deviations either way.
    for (let decade = -4; decade < 0; decade++) {
      const inside = values.filter((x) => 10 ** decade <= x && x < 10 ** (decade + 1)).length
      expect(Math.abs(inside - 1000)).toBeLessThan(165)
    }
  })

  test('gives each value of a stepped or listed hyperparameter the same share', () => {
    const space = defineSpace({
      i: int(0, 40, { step: 10 }),
      f: float(0.1, 0.5, { step: 0.1 }),
      c: choice([1, 2, 3, 4, 5]),
    })
    const drawn = samples(space, 5000)
    for (const [name, values] of Object.entries({
      i: [0, 10, 20, 30, 40],
      f: [0.1, 0.2, 0.3, 0.4, 0.5],
      c: [1, 2, 3, 4, 5],
    })) {
      for (const value of values) {
        const share = drawn.filter((params) => params[name] === value).length
        expect(Math.abs(share - 1000)).toBeLessThan(170)
      }
    }
  })

  test('gives the ends of an int on a log scale their full share', () => {
    const drawn = samples(defineSpace({ n: int(1, 4, { log: true }) }), 6000).map(({ n }) => n)
    const share = (n: number): number => drawn.filter((x) => x === n).length / 6000
    // Borders at √½, √2, √6, √12 and 4·√(4/3).
    const borders = [Math.SQRT1_2, Math.SQRT2, Math.sqrt(6), Math.sqrt(12), 4 * Math.sqrt(4 / 3)].map(
      Math.log,
    )
    for (let n = 1; n <= 4; n++) {
      const expected = (borders[n]! - borders[n - 1]!) / (borders[4]! - borders[0]!)
      expect(Math.abs(share(n) - expected)).toBeLessThan(0.04)
    }
  })

  test('keeps to the constraints', () => {
    const space = defineSpace({ units: int(1, 100), layers: int(1, 10) }, [
      atMost(product('units', 'layers'), 60),
    ])
    for (const { units, layers } of samples(space, 300)) {
      expect((units as number) * (layers as number)).toBeLessThanOrEqual(60)
    }
  })

  test('says when no params satisfy the constraints', () => {
    const space = defineSpace({ a: float(0, 1), b: float(2, 3) }, [atMost('b', 'a')])
    expect(() => space.sample(rng)).toThrow(expect.objectContaining({ code: 'RONDO_SPACE_INFEASIBLE' }))
    expect(space.defaults()).toBeUndefined()
  })

  test('a constraint holds where a hyperparameter that it names is inactive', () => {
    const space = defineSpace({ two: boolean(), a: int(5, 9), b: int(1, 9, { when: { two: true } }) }, [
      atMost(sum('a', 'b'), 0),
    ])
    expect(space.satisfies({ two: false, a: 9 })).toBe(true)
    expect(space.satisfies({ two: true, a: 9, b: 1 })).toBe(false)
  })
})

describe('values', () => {
  test('of a stepped float carry no rounding error, and reach the end', () => {
    const values = defineSpace({ x: float(0.1, 0.3, { step: 0.1 }) }).valuesOf('x')!
    expect(Array.from({ length: values.length }, (_, i) => values.at(i))).toEqual([0.1, 0.2, 0.3])
  })

  test('of a range of 10¹² are computed, not listed', () => {
    const space = defineSpace({ x: int(1, 1e12), y: float(0, 1, { step: 1e-12 }) })
    expect(space.valuesOf('x')!.length).toBe(1e12)
    expect(space.valuesOf('x')!.at(999_999_999_999)).toBe(1e12)
    expect(space.valuesOf('y')!.at(123_456_789_012)).toBe(0.123456789012)
    expect(space.size).toBe(1e12 * (1e12 + 1))
  })

  test('of a continuous float are not countable', () => {
    const space = defineSpace({ x: float(0, 1) })
    expect(space.valuesOf('x')).toBeUndefined()
    expect(space.size).toBe(Number.POSITIVE_INFINITY)
  })

  test('of a float whose bounds are the same are one', () => {
    const space = defineSpace({ x: float(0.1, 0.1, { log: true }), y: float(-0, 0), c: choice(['a', 'b']) })
    expect(space.valuesOf('x')).toMatchObject({ length: 1 })
    expect(space.valuesOf('x')!.at(0)).toBe(0.1)
    expect(space.size).toBe(2)
    expect(space.defaults()).toEqual({ x: 0.1, y: 0, c: 'a' })
  })

  test('are asked by index within their number', () => {
    expect(() => defineSpace({ b: boolean() }).valuesOf('b')!.at(2)).toThrow(
      expect.objectContaining({ code: 'RONDO_INTERNAL' }),
    )
  })
})

describe('the size', () => {
  test('counts what is inactive once', () => {
    const space = defineSpace({
      layers: int(1, 3),
      units: int(1, 10),
      units2: int(1, 10, { when: { layers: { min: 2 } } }),
      units3: int(1, 10, { when: { layers: 3 } }),
    })
    expect(space.size).toBe(10 * (1 + 10 + 100))
  })

  test('of many switches with a follower each is counted without going through them', () => {
    const switches = Array.from({ length: 40 }, (_, i) => [`s${i}`, boolean()] as const)
    const followers = switches.map(([name]) => [`f_${name}`, int(1, 2, { when: { [name]: true } })] as const)
    const space = defineSpace(Object.fromEntries([...switches, ...followers]))
    expect(space.size).toBe(3 ** 40)
    expect(cellsOf(space, (name) => space.valuesOf(name)!).length).toBe(3n ** 40n)
  })

  test('of a space without hyperparameters is one', () => {
    expect(defineSpace({}).size).toBe(1)
    expect(defineSpace({}).sample(rng)).toEqual({})
  })
})

describe('snapping', () => {
  test('rounds in the scale of the hyperparameter', () => {
    const space = defineSpace({
      linear: int(0, 10, { step: 5 }),
      log: int(1, 100, { log: true, step: 9 }),
      c: choice([16, 32, 64]),
    })
    expect(space.snap('linear', 7.5)).toBe(10)
    expect(space.snap('linear', 7.4)).toBe(5)
    // Between 1 and 10 the logarithm's middle is √10, not 5.5.
    expect(space.snap('log', 3.1)).toBe(1)
    expect(space.snap('log', 3.2)).toBe(10)
    expect(space.snap('linear', 1e9)).toBe(10)
    expect(space.snap('c', 40)).toBe(32)
  })

  test('refuses what has no numbers, and NaN', () => {
    const space = defineSpace({ c: choice(['a']), x: float(0, 1) })
    expect(() => space.snap('c', 1)).toThrow(
      expect.objectContaining({ code: 'RONDO_PARAMS_INVALID', place: { param: 'c' } }),
    )
    expect(() => space.snap('x', Number.NaN)).toThrow(
      expect.objectContaining({ code: 'RONDO_PARAMS_INVALID' }),
    )
  })
})

describe('defaults', () => {
  test('are the middle in the scale, the first choice, false, unless given', () => {
    const space = defineSpace({
      units: int(32, 512, { log: true }),
      rate: float(0, 0.5),
      lr: float(1e-4, 1e-2, { log: true, default: 1e-3 }),
      optimizer: choice(['adam', 'sgd'], { default: 'sgd' }),
      cell: choice(['lstm', 'gru']),
      bias: boolean(),
      momentum: float(0.5, 0.99, { when: { optimizer: 'adam' } }),
    })
    expect(space.defaults()).toEqual({
      units: 128,
      rate: 0.25,
      lr: 1e-3,
      optimizer: 'sgd',
      cell: 'lstm',
      bias: false,
    })
  })
})

test('the definition is a copy that later changes do not reach', () => {
  const definition = { x: { type: 'int' as const, low: 1, high: 3 } }
  const space = defineSpace(definition)
  definition.x.high = 99
  expect(space.size).toBe(3)
})

test('names that objects have by themselves are names like others', () => {
  const space = defineSpace({ constructor: int(1, 3), toString: boolean({ when: { constructor: 2 } }) })
  expect(space.size).toBe(4)
  expect(space.isActive('toString', {})).toBe(false)
  expect(() => space.validate({})).toThrow('“constructor” has no value.')
})

test('a space from JSON without constraints has none', () => {
  expect(spaceFromJson({ hyperparameters: { x: { type: 'boolean' } } }).constraints).toEqual([])
})
