import {
  boolean,
  choice,
  defineSpace,
  deriveRng,
  float,
  int,
  maximize,
  minimize,
  type Params,
  type SpaceDefinition,
} from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importance, type Observation } from '../src/index.ts'

const study = (
  definition: SpaceDefinition,
  objectiveOf: (params: Params) => number,
  { trials = 200, seed = 1 } = {},
): { space: ReturnType<typeof defineSpace>; observations: Observation[] } => {
  const space = defineSpace(definition)
  const rng = deriveRng({ seed, purpose: 'test' })
  const observations = Array.from({ length: trials }, () => {
    const params = space.sample(rng)
    return { params, value: objectiveOf(params) }
  })
  return { space, observations }
}

const shareOf = (result: ReturnType<typeof importance>, name: string): number =>
  result.hyperparameters.find((h) => h.name === name)!.share

describe('the shares of importance', () => {
  test('are those of the function behind the trials, where its variances are known', () => {
    // Var(3x) : Var(y) = 9 : 1 for x and y uniform in [0, 1].
    const { space, observations } = study(
      { x: float(0, 1), y: float(0, 1), idle: float(0, 1) },
      ({ x, y }) => 3 * (x as number) + (y as number),
      { trials: 400 },
    )
    const result = importance(space, observations, { seed: 1 })
    expect(result.hyperparameters.map(({ name }) => name)).toEqual(['x', 'y', 'idle'])
    expect(shareOf(result, 'x')).toBeGreaterThan(0.82)
    expect(shareOf(result, 'x')).toBeLessThan(0.95)
    expect(shareOf(result, 'y')).toBeGreaterThan(0.04)
    expect(shareOf(result, 'y')).toBeLessThan(0.14)
    expect(shareOf(result, 'idle')).toBeLessThan(0.01)
    expect(result.explained).toBeGreaterThan(0.9)
  })

  test('leave what two hyperparameters do only together to their interaction', () => {
    const { space, observations } = study(
      { a: boolean(), b: boolean(), c: boolean() },
      ({ a, b }) => (a === b ? 1 : 0),
      { trials: 300 },
    )
    const result = importance(space, observations, { seed: 2, minLeaf: 1 })
    expect(shareOf(result, 'a')).toBeLessThan(0.1)
    expect(shareOf(result, 'b')).toBeLessThan(0.1)
    expect(new Set(result.interactions[0]!.names)).toEqual(new Set(['a', 'b']))
    expect(result.interactions[0]!.share).toBeGreaterThan(0.8)
  })

  test('find which of many names matters', () => {
    const names = ['adam', 'rmsprop', 'sgd', 'adamw', 'adagrad']
    const { space, observations } = study(
      { optimizer: choice(names), units: int(16, 512, { log: true }) },
      ({ optimizer, units }) => (optimizer === 'sgd' ? 5 : 0) + 0.1 * Math.log2(units as number),
    )
    const result = importance(space, observations, { seed: 3 })
    expect(result.hyperparameters[0]!.name).toBe('optimizer')
    const { slice } = result.hyperparameters[0]!
    const worst = slice.reduce((a, b) => (b.mean > a.mean ? b : a))
    expect(worst.value).toBe('sgd')
  })

  test('say that nothing was found where values are noise', () => {
    const rng = deriveRng({ seed: 9, purpose: 'noise' })
    const { space, observations } = study({ x: float(0, 1), y: float(0, 1) }, () => rng.normal())
    expect(importance(space, observations, { seed: 1 }).explained).toBeLessThan(0.1)
  })

  test('are 0, not NaN, where all trials have the same value', () => {
    const { space, observations } = study({ x: float(0, 1) }, () => 4, { trials: 20 })
    const result = importance(space, observations, { seed: 1 })
    expect(shareOf(result, 'x')).toBe(0)
    expect(result.explained).toBe(0)
  })

  test('are not all taken by what makes training diverge', () => {
    const space = defineSpace({ learningRate: float(1e-4, 1, { log: true }), units: int(1, 20) })
    const rng = deriveRng({ seed: 4, purpose: 'test' })
    const observations = Array.from({ length: 200 }, (): Observation => {
      const params = space.sample(rng)
      const rate = params.learningRate as number
      if (rate > 0.9) return { params }
      return { params, value: rate > 0.8 ? 1e9 : (params.units as number) }
    })
    const result = importance(space, observations, { seed: 1 })
    expect(result.hyperparameters[0]!.name).toBe('units')
  })
})

describe('what the trials have not varied', () => {
  test('has no share, and is told with the value that was tried', () => {
    const { space, observations } = study(
      {
        x: float(0, 1),
        idle: int(1, 3),
        rate: float(0, 1),
        kind: choice(['a', 'b']),
        fixed: choice(['one']),
      },
      ({ x }) => x as number,
      { trials: 20 },
    )
    const trials = observations.map(({ params, value }, i) => ({
      params: { ...params, idle: 2, rate: i < 10 ? 0.5 : 0.501, kind: i === 0 ? 'a' : 'b' },
      value,
    }))
    const { hyperparameters, unvaried } = importance(space, trials, { seed: 1 })
    expect(hyperparameters.map(({ name }) => name)).toEqual(['x', 'kind'])
    // Values of one cell are too near each other to tell apart.
    expect(unvaried).toEqual([
      { name: 'idle', tried: [2] },
      { name: 'rate', tried: [0.5, 0.501] },
    ])
  })

  test('takes no share from what decides whether it is there', () => {
    const space = defineSpace({
      optimizer: choice(['adam', 'sgd']),
      momentum: float(0, 1, { when: { optimizer: 'sgd' } }),
      third: float(0, 1, { when: { momentum: { min: 0.95 } } }),
    })
    const trials = Array.from({ length: 40 }, (_, i): Observation => {
      const params: Params = i % 2 === 0 ? { optimizer: 'adam' } : { optimizer: 'sgd', momentum: 0.9 }
      return { params, value: i % 2 }
    })
    const { hyperparameters, unvaried } = importance(space, trials, { seed: 1 })
    expect(hyperparameters).toMatchObject([{ name: 'optimizer', share: expect.closeTo(1, 6) }])
    expect(unvaried).toEqual([
      { name: 'momentum', tried: [0.9] },
      { name: 'third', tried: [] },
    ])
  })
})

describe('conditional hyperparameters', () => {
  const definition: SpaceDefinition = {
    optimizer: choice(['adam', 'sgd']),
    momentum: float(0, 1, { when: { optimizer: 'sgd' } }),
    nesterov: float(0, 1, { when: { momentum: { min: 0.5 } } }),
  }

  test('count by how often they are active', () => {
    // The optimizer alone: values 0 and 10 + 4·momentum, mean 12: variance 36. Momentum: half of 16/12.
    const { space, observations } = study(
      definition,
      ({ optimizer, momentum = 0 }) => (optimizer === 'sgd' ? 10 + 4 * (momentum as number) : 0),
      { trials: 400 },
    )
    const result = importance(space, observations, { seed: 1 })
    const momentum = (0.5 * 16) / 12
    expect(shareOf(result, 'momentum')).toBeCloseTo(momentum / (36 + momentum), 2)
    expect(shareOf(result, 'optimizer')).toBeGreaterThan(0.95)
    expect(shareOf(result, 'nesterov')).toBeLessThan(0.005)
  })

  test('have a slice over the configurations in which they are active', () => {
    const { space, observations } = study(
      definition,
      ({ optimizer, momentum = 0 }) => (optimizer === 'sgd' ? 10 + 4 * (momentum as number) : 0),
      { trials: 400 },
    )
    const { slice } = importance(space, observations, { seed: 1 }).hyperparameters.find(
      ({ name }) => name === 'momentum',
    )!
    expect(slice[0]!.mean).toBeGreaterThan(9.8)
    expect(slice.at(-1)!.mean).toBeGreaterThan(13)
    expect(slice.at(-1)!.mean).toBeLessThan(14.2)
  })

  test('on a number accept exactly the values that their condition names', () => {
    const space = defineSpace({
      layers: int(1, 60),
      third: float(0, 1, { when: { layers: { min: 31 } } }),
    })
    const rng = deriveRng({ seed: 5, purpose: 'test' })
    const observations = Array.from({ length: 300 }, () => {
      const params = space.sample(rng)
      return { params, value: params.third === undefined ? 0 : (params.third as number) }
    })
    const result = importance(space, observations, { seed: 1 })
    // layers: values 0 and ½ in equal parts, variance 1/16; third: half of 1/12.
    const whole = 1 / 16 + 1 / 24
    expect(shareOf(result, 'third')).toBeCloseTo(1 / 24 / whole, 1)
    expect(shareOf(result, 'layers')).toBeCloseTo(1 / 16 / whole, 1)
  })
})

describe('trials on a part of the budget', () => {
  const space = defineSpace({ x: float(0, 1), y: float(0, 1) })
  /** Nine times the budget gains 5, and only what is good by then is let on. */
  const halving = (): Observation[] => {
    const rng = deriveRng({ seed: 6, purpose: 'test' })
    return Array.from({ length: 150 }, (): Observation => {
      const params = space.sample(rng)
      const final = (params.x as number) + 0.05 * rng.normal()
      const early = { share: 1 / 9, value: final + 5 }
      return final < 0.3 ? { params, value: final, share: 1, earlier: [early] } : { params, ...early }
    })
  }

  test('are judged by their params, not by having trained less', () => {
    const result = importance(space, halving(), { seed: 1 })
    expect(shareOf(result, 'x')).toBeGreaterThan(0.9)
    const { slice } = result.hyperparameters[0]!
    // In the units of full trainings, also where no trial was trained in full.
    expect(slice.at(-1)!.mean).toBeGreaterThan(0.7)
    expect(slice.at(-1)!.mean).toBeLessThan(1.2)
  })

  test('from which none went on are left out', () => {
    const alone = halving().map(({ earlier: _, ...trial }) => trial)
    const result = importance(space, alone, { seed: 1 })
    expect(result.observations).toHaveLength(alone.filter(({ share }) => share === 1).length)
  })
})

test('whatever the space and the values, shares are parts of one whole, and the same seed gives the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 8, maxLength: 40 }),
      fc.boolean(),
      (seed, values, up) => {
        const space = defineSpace({
          layers: int(1, 3),
          units: int(16, 512, { log: true }),
          second: int(16, 512, { log: true, when: { layers: { min: 2 } } }),
          optimizer: choice(['adam', 'rmsprop', 'sgd']),
          rate: float(1e-4, 1e-1, { log: true }),
        })
        const rng = deriveRng({ seed, purpose: 'test' })
        const observations = values.map((value) => ({ params: space.sample(rng), value }))
        const objective = up ? maximize('value') : minimize('value')
        const result = importance(space, observations, { seed, objective, trees: 8 })
        const again = importance(space, observations, { seed, objective, trees: 8 })
        expect(again).toEqual(result)
        const shares = result.hyperparameters.map(({ share }) => share)
        expect([...result.hyperparameters, ...result.unvaried].map(({ name }) => name).toSorted()).toEqual(
          [...space.names].toSorted(),
        )
        expect(shares.every((share) => share >= 0 && share <= 1 + 1e-9)).toBe(true)
        const pairs = result.interactions.map(({ share }) => share)
        expect(pairs.every((share) => share >= 0 && share <= 1 + 1e-9)).toBe(true)
        expect(result.explained).toBeGreaterThanOrEqual(0)
        expect(result.explained).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 25 },
  )
})

test('too few trials are refused with their number', () => {
  const { space, observations } = study({ x: float(0, 1) }, ({ x }) => x as number, { trials: 5 })
  expect(() => importance(space, observations, { seed: 1 })).toThrow(
    expect.objectContaining({ code: 'RONDO_STUDY_NO_RESULT', value: 5 }),
  )
})
