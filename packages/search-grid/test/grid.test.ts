import {
  atMost,
  boolean,
  choice,
  compose,
  fixed,
  float,
  inProcess,
  int,
  memoryStore,
  type Params,
  product,
  type SpaceDefinition,
  sum,
  type TuneOptions,
  tune,
} from '@rondo/core'
import { type GridOptions, grid } from '@rondo/search-grid'
import { describe, expect, test } from 'vitest'

type Options = Omit<TuneOptions<SpaceDefinition>, 'objective'>

/** The trials of a grid study in order, and the reason for its end. */
async function tried(options: Options, gridOptions: GridOptions = {}) {
  const { trials, reason } = await tune({ search: grid(gridOptions), objective: async () => 1, ...options })
  return { trials, params: trials.map(({ params }): Params => params), reason }
}
const keys = (params: readonly Params[]) => params.map((p) => JSON.stringify(p))

describe('the levels', () => {
  test('are evenly spaced in the scale, ends included; 5 where nothing is said', async () => {
    const { params } = await tried({ space: { x: float(0, 1) } })
    expect(params.map(({ x }) => x)).toEqual([0, 0.25, 0.5, 0.75, 1])
    const log = await tried({ space: { x: float(1e-4, 1, { log: true }) } })
    expect(log.params.map(({ x }) => x)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1])
  })

  test('of an int are whole and different', async () => {
    const { params } = await tried({ space: { n: int(1, 100, { log: true }) } }, { levels: 12 })
    const ns = params.map(({ n }) => n as number)
    expect(ns.every(Number.isInteger)).toBe(true)
    expect(ns).toEqual([...new Set(ns)].toSorted((a, b) => a - b))
    expect(ns[0]).toBe(1)
    expect(ns.at(-1)).toBe(100)
  })

  test('are all values where there are fewer, and of choices, booleans and steps', async () => {
    const space = {
      n: int(1, 3),
      s: int(0, 60, { step: 10 }),
      c: choice(['a', 'b']),
      b: boolean(),
      f: fixed(1),
    }
    const { params, reason } = await tried({ space })
    expect(params.length).toBe(3 * 7 * 2 * 2)
    expect(new Set(keys(params)).size).toBe(params.length)
    expect(reason).toBe('exhausted')
  })

  test('are given by name', async () => {
    const space = { x: float(0, 1), s: int(0, 60, { step: 10 }), z: float(0, 1) }
    const { params } = await tried({ space }, { levels: { x: 2, s: 3, z: 1 } })
    expect([...new Set(params.map(({ x }) => x))]).toEqual([0, 1])
    expect([...new Set(params.map(({ s }) => s))]).toEqual([0, 30, 60])
    expect([...new Set(params.map(({ z }) => z))]).toEqual([0.5])
    expect(params.length).toBe(6)
  })

  test('for what has none are refused', async () => {
    await expect(tried({ space: { units: int(1, 9) } }, { levels: { unit: 3 } })).rejects.toThrow(
      expect.objectContaining({ code: 'RONDO_OPTION_INVALID', message: expect.stringContaining('“units”') }),
    )
    await expect(tried({ space: { c: choice(['a']) } }, { levels: { c: 3 } })).rejects.toThrow(
      expect.objectContaining({ code: 'RONDO_OPTION_INVALID', message: expect.stringContaining('a choice') }),
    )
  })
})

describe('options', () => {
  test.each([{ levels: 0 }, { levels: 1.5 }, { levels: { x: -1 } }, { order: 'random' }])(
    '%j is refused',
    (options) => {
      expect(() => compose([grid(options as GridOptions)])).toThrow(
        expect.objectContaining({ code: 'RONDO_OPTION_INVALID' }),
      )
    },
  )
  test('a misspelt one is named', () => {
    expect(() => compose([grid({ level: 3 } as GridOptions)])).toThrow('Did you mean “levels”?')
  })
})

describe('the cells', () => {
  const conditional = {
    layers: int(1, 3),
    units: choice([16, 32]),
    units2: choice([16, 32], { when: { layers: { min: 2 } } }),
    units3: choice([16, 32], { when: { layers: 3 } }),
  }

  test('vary the last hyperparameter fastest', async () => {
    const { params } = await tried({ space: { a: int(1, 2), b: choice(['x', 'y']) } })
    expect(params).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
    ])
  })

  test('count what is inactive once', async () => {
    const { params, reason } = await tried({ space: conditional })
    expect(params.length).toBe(2 + 4 + 8)
    expect(new Set(keys(params)).size).toBe(14)
    expect(reason).toBe('exhausted')
  })

  test.each(['fixed', 'shuffled'] as const)('are those that satisfy the constraints (%s)', async (order) => {
    const space = { a: int(1, 6), b: int(1, 6) }
    const { params } = await tried(
      { space, constraints: [atMost(product('a', 'b'), 6)] },
      { order, levels: 6 },
    )
    const expected = [1, 2, 3, 4, 5, 6].flatMap((a) =>
      [1, 2, 3, 4, 5, 6].filter((b) => a * b <= 6).map((b) => ({ a, b })),
    )
    expect(new Set(keys(params))).toEqual(new Set(keys(expected)))
    expect(params.length).toBe(expected.length)
  })

  test.each(['fixed', 'shuffled'] as const)(
    'are found among 10¹⁸ of which hardly any will do (%s)',
    async (order) => {
      const side = int(1, 1e6, { step: 1 })
      const { params, reason } = await tried(
        { space: { a: side, b: side, c: side }, constraints: [atMost(sum('a', 'b', 'c'), 4)] },
        { order },
      )
      expect(new Set(params.map(({ a, b, c }) => `${a}${b}${c}`))).toEqual(
        new Set(['111', '112', '121', '211']),
      )
      expect(reason).toBe('exhausted')
    },
  )

  test('that satisfy nothing are an error rather than an end', async () => {
    const impossible = { space: { a: int(1, 9) }, constraints: [atMost('a', 0)] }
    await expect(tried(impossible)).rejects.toThrow(
      expect.objectContaining({ code: 'RONDO_SPACE_INFEASIBLE' }),
    )
    await expect(tried(impossible, { order: 'shuffled' })).rejects.toThrow('No cell of the grid')
  })

  test('that cannot be found are an error that says how far it came', async () => {
    const side = int(1, 1e6, { step: 1 })
    // a² ≤ −1 is excluded for no beginning of a cell alone, so that nothing can be passed over.
    const space = { z: side, a: int(-1000, 1000, { step: 1 }) }
    await expect(tried({ space, constraints: [atMost(product('a', 'a'), -1)] })).rejects.toThrow(
      expect.objectContaining({
        code: 'RONDO_SPACE_INFEASIBLE',
        message: expect.stringContaining('was not found up to'),
      }),
    )
  })

  test('may be 10¹² and more: only those tried are ever computed', async () => {
    const ten = float(0, 1)
    const space = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x${i}`, ten]))
    for (const order of ['fixed', 'shuffled'] as const) {
      const { params } = await tried({ space, trials: 25 }, { order, levels: 10 })
      expect(new Set(keys(params)).size).toBe(25)
    }
  })

  test('that the user enqueued are not tried twice', async () => {
    const { params } = await tried({ space: { a: int(1, 4) }, enqueue: [{ a: 3 }] })
    expect(params.map(({ a }) => a)).toEqual([3, 1, 2, 4])
  })
})

describe('the order', () => {
  const space = { a: int(1, 4), b: int(1, 5) }
  const shuffled = async (seed: number) => (await tried({ space, seed }, { order: 'shuffled' })).params

  test('shuffled visits the same cells, by the study’s seed', async () => {
    const fixedOrder = (await tried({ space })).params
    const one = await shuffled(1)
    expect(new Set(keys(one))).toEqual(new Set(keys(fixedOrder)))
    expect(one).not.toEqual(fixedOrder)
    expect(await shuffled(1)).toEqual(one)
    expect(await shuffled(2)).not.toEqual(one)
  })

  test.each(['fixed', 'shuffled'] as const)(
    'goes on where it was when a study is resumed (%s)',
    async (order) => {
      const whole = (await tried({ space, seed: 5 }, { order })).params
      const store = memoryStore()
      await tried({ space, seed: 5, store, trials: 7 }, { order })
      const { params, reason } = await tried({ space, seed: 5, store, trials: 30, resume: true }, { order })
      expect(params).toEqual(whole)
      expect(reason).toBe('exhausted')
    },
  )

  test.each(['fixed', 'shuffled'] as const)(
    'misses and repeats nothing with several running (%s)',
    async (order) => {
      const { params } = await tried({ space, executor: inProcess({ concurrency: 4 }) }, { order })
      expect(params.length).toBe(20)
      expect(new Set(keys(params)).size).toBe(20)
    },
  )
})

test('a cell that fails stays a failed trial and is not tried again', async () => {
  const { trials, reason } = await tune({
    space: { a: int(1, 4) },
    search: grid(),
    objective: async ({ a }) => (a === 2 ? Number.NaN : a),
  })
  expect(trials.map(({ params, state }) => [params.a, state])).toEqual([
    [1, 'completed'],
    [2, 'failed'],
    [3, 'completed'],
    [4, 'completed'],
  ])
  expect(reason).toBe('exhausted')
})
