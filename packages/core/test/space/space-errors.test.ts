import {
  atMost,
  choice,
  defineSpace,
  float,
  int,
  type SpaceDefinition,
  spaceFromJson,
  sum,
} from '@rondo/core'
import { describe, expect, test } from 'vitest'

/** Definitions as a JavaScript config may have them, unchecked by types. */
const define = (definition: unknown) => () => defineSpace(definition as SpaceDefinition)
const error = (code: string, field: string, text: string) =>
  expect.objectContaining({
    code,
    place: expect.objectContaining({ field }),
    message: expect.stringContaining(text),
  })

describe('a range is refused', () => {
  test.each([
    ['upside down', { x: int(5, 4) }, 'x.low', 'above its high bound 4'],
    ['of an int with fractions', { x: int(1.5, 4) }, 'x.low', 'its low is 1.5'],
    ['of an int with a step of a half', { x: int(1, 4, { step: 0.5 }) }, 'x.step', 'its step is 0.5'],
    ['with a log scale from 0', { x: float(0, 1, { log: true }) }, 'x.low', 'low bound is 0'],
    ['with a step of 0', { x: float(0, 1, { step: 0 }) }, 'x.step', 'must be above 0'],
    ['with a step lost in rounding', { x: float(0, 1e6, { step: 1e-9 }) }, 'x.step', 'lost in the rounding'],
    ['with a default outside', { x: int(1, 4, { default: 5 }) }, 'x.default', 'outside its range 1 … 4'],
    [
      'with a default off its steps',
      { x: int(0, 9, { step: 3, default: 4 }) },
      'x.default',
      '3 is the nearest',
    ],
    ['wider than a number', { x: float(-1e308, 1e308) }, 'x.high', 'too wide'],
  ])('%s', (_, definition, field, text) => {
    expect(define(definition)).toThrow(error('RONDO_SPACE_RANGE', field, text))
  })
})

describe('a hyperparameter is refused', () => {
  test.each([
    [
      'with a text for a number',
      { units: { type: 'int', low: 'a', high: 3 } },
      'units.low',
      'expected number',
    ],
    ['with NaN', { units: float(0, Number.NaN) }, 'units.high', 'units.high'],
    ['without a bound', { units: { type: 'int', low: 3 } }, 'units.high', 'units.high'],
    [
      'of an unknown type',
      { units: { type: 'integer', low: 1, high: 2 } },
      'units.type',
      'the types are int',
    ],
    ['with an unknown field', { units: { ...int(1, 4), steps: 2 } }, 'units.steps', 'Did you mean “step”?'],
    ['that is a list', { batch: [16, 32] }, 'batch', 'choice([16,32])'],
    ['that is a value', { batch: 16 }, 'batch', 'fixed(16)'],
    ['without a value to choose', { c: choice([]) }, 'c.values', 'c.values'],
    ['with a value twice', { c: choice(['a', 'b', 'a']) }, 'c.values', '"a" twice'],
    [
      'with an object among its values',
      { c: { type: 'choice', values: [1, {}] } },
      'c.values[1]',
      'a number, a text',
    ],
    [
      'with a default that is no choice',
      { c: choice(['adam'], { default: 'adm' as 'adam' }) },
      'c.default',
      'Did you mean “adam”?',
    ],
  ])('%s', (_, definition, field, text) => {
    expect(define(definition)).toThrow(error('RONDO_SPACE_INVALID', field, text))
  })

  test.each(['', '2x', 'a b', '7', '__proto__'])('named “%s”', (name) => {
    expect(define(JSON.parse(`{ ${JSON.stringify(name)}: { "type": "boolean" } }`))).toThrow(
      expect.objectContaining({ code: 'RONDO_SPACE_INVALID', place: { param: name } }),
    )
  })
})

describe('a condition is refused', () => {
  test.each([
    [
      'on a name that is not there',
      { layers: int(1, 3), u: int(1, 2, { when: { layer: 2 } }) },
      'u.when.layer',
      'Did you mean “layers”?',
    ],
    ['on itself', { u: int(1, 2, { when: { u: 2 } }) }, 'u.when', 'depends on itself'],
    [
      'in a circle',
      {
        a: int(1, 2, { when: { b: 1 } }),
        b: int(1, 2, { when: { c: 1 } }),
        c: int(1, 2, { when: { a: 1 } }),
      },
      'a.when',
      '“a” → “b” → “c” → “a”',
    ],
    [
      'on a value that is never taken',
      { o: choice(['adam', 'sgd']), m: float(0, 1, { when: { o: 'sdg' } }) },
      'm.when.o',
      'Did you mean “sgd”?',
    ],
    [
      'on one such value among others',
      { o: choice(['adam', 'sgd']), m: float(0, 1, { when: { o: ['adam', 'x'] } }) },
      'm.when.o',
      '"x"',
    ],
    [
      'on a range that is never reached',
      { n: int(1, 3), m: float(0, 1, { when: { n: { min: 4 } } }) },
      'm.when.n',
      'no value of it satisfies',
    ],
    [
      'on a range between two steps',
      { n: int(0, 20, { step: 10 }), m: float(0, 1, { when: { n: { min: 3, max: 7 } } }) },
      'm.when.n',
      'no value of it satisfies',
    ],
    [
      'on a range of texts',
      { o: choice(['adam']), m: float(0, 1, { when: { o: { min: 1 } } }) },
      'm.when.o',
      'no value of it satisfies',
    ],
  ])('%s', (_, definition, field, text) => {
    expect(define(definition)).toThrow(error('RONDO_SPACE_CONDITION', field, text))
  })

  test('but not on a range that only a middle step reaches', () => {
    expect(
      define({ n: int(0, 20, { step: 10 }), m: float(0, 1, { when: { n: { min: 4, max: 16 } } }) }),
    ).not.toThrow()
  })
})

describe('a constraint is refused', () => {
  const definition = { units: int(1, 9), cell: choice(['lstm', 'gru']) }
  test('that names what is not in the space', () => {
    expect(() => defineSpace(definition, [atMost(1, 9), atMost(sum(1, 'unit'), 9)])).toThrow(
      error('RONDO_SPACE_INVALID', 'constraints[1].atMost[0].sum[1]', 'Did you mean “units”?'),
    )
  })
  test('that names what is no number', () => {
    expect(() => defineSpace(definition, [atMost('cell', 9)])).toThrow(
      error('RONDO_SPACE_INVALID', 'constraints[0].atMost[0]', 'not numbers'),
    )
  })
  test('of another form', () => {
    const json = { hyperparameters: { units: { type: 'boolean' } }, constraints: [{ atMost: [1] }] }
    expect(() => spaceFromJson(json)).toThrow(expect.objectContaining({ code: 'RONDO_SPACE_INVALID' }))
  })
})

describe('JSON is refused', () => {
  test.each([
    ['that is no object', 7],
    ['without hyperparameters', {}],
    ['with something else', { hyperparameters: {}, constrains: [] }],
  ])('%s', (_, json) => {
    expect(() => spaceFromJson(json)).toThrow(expect.objectContaining({ code: 'RONDO_SPACE_INVALID' }))
  })

  test('naming the field', () => {
    const json = { hyperparameters: { units: { type: 'int', low: null, high: 3 } } }
    expect(() => spaceFromJson(json)).toThrow(error('RONDO_SPACE_INVALID', 'units.low', 'expected number'))
  })
})

describe('params are refused', () => {
  const space = defineSpace({
    units: int(32, 512, { step: 32 }),
    rate: float(0, 0.5),
    optimizer: choice(['adam', 'sgd']),
    momentum: float(0, 1, { when: { optimizer: 'sgd' } }),
  })
  const good = { units: 64, rate: 0.1, optimizer: 'adam' }
  test.each([
    ['out of range', { ...good, units: 1024 }, 'units', 'outside its range 32 … 512'],
    ['off the grid', { ...good, units: 65 }, 'units', '64 is the nearest'],
    ['not an integer', { ...good, units: 64.5 }, 'units', 'not an integer'],
    ['not a number', { ...good, rate: '0.1' }, 'rate', '"0.1"'],
    ['NaN', { ...good, rate: Number.NaN }, 'rate', 'not a number'],
    ['no choice', { ...good, optimizer: 'adamw' }, 'optimizer', 'not one of'],
    ['missing', { units: 64, rate: 0.1 }, 'optimizer', 'has no value'],
    ['missing though active', { ...good, optimizer: 'sgd' }, 'momentum', 'has no value'],
    ['inactive', { ...good, momentum: 0.5 }, 'momentum', 'condition does not hold'],
    ['unknown', { ...good, unit: 3 }, 'unit', 'Did you mean “units”?'],
  ])('%s', (_, params, param, text) => {
    expect(() => space.validate(params)).toThrow(
      expect.objectContaining({
        code: 'RONDO_PARAMS_INVALID',
        place: { param },
        message: expect.stringContaining(text),
      }),
    )
  })
  test('and accepted where they fit', () => {
    expect(() => space.validate(good)).not.toThrow()
    expect(() => space.validate({ ...good, optimizer: 'sgd', momentum: 1 })).not.toThrow()
  })
})
