import {
  atMost,
  boolean,
  choice,
  defineSpace,
  deriveRng,
  float,
  int,
  maximize,
  type Params,
  product,
  type SearchStrategy,
} from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BayesOptions, bayes } from '../src/index.ts'
import { SimulatedStudy } from './support/simulated-study.ts'

const strategy = (options: BayesOptions = {}): SearchStrategy => bayes(options).create() as SearchStrategy

const square = defineSpace({ x: float(-5, 10), y: float(0, 15) })
/** Branin's function; its three minima are 0.397887. */
const branin = (params: Params): number => {
  const [x, y] = [Number(params.x), Number(params.y)]
  return (
    (y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6) ** 2 +
    10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
    10
  )
}

const mixed = defineSpace(
  {
    units: int(8, 512, { log: true }),
    layers: int(1, 3),
    learningRate: float(1e-4, 1e-1, { log: true }),
    dropout: float(0, 0.5, { step: 0.1 }),
    batchSize: choice([16, 32, 64, 128]),
    optimizer: choice(['adam', 'rmsprop', 'sgd']),
    momentum: float(0, 0.99, { when: { optimizer: 'sgd' } }),
    bidirectional: boolean(),
  },
  [atMost(product('units', 'layers'), 600)],
)
const mixedLoss = ({ units, learningRate, optimizer, dropout }: Params): number =>
  (Math.log2(Number(units)) - 6) ** 2 / 4 +
  (Math.log10(Number(learningRate)) + 2.5) ** 2 +
  (optimizer === 'adam' ? 0 : 0.5) +
  Number(dropout)

const everyAcquisition = ['logei', 'ei', 'pi', 'ucb'] as const

describe.each(everyAcquisition)('bayes with %s', (acquisition) => {
  it('comes near to the minimum of Branin’s function in 30 trials, where random search does not', async () => {
    const reached: number[] = []
    const atRandom: number[] = []
    for (const seed of [1, 2]) {
      const study = new SimulatedStudy(square, { trials: 30, seed })
      reached.push((await study.run(strategy({ acquisition }), 30, branin)).best.value! - 0.397887)
      const rng = deriveRng({ seed, purpose: 'random' })
      atRandom.push(Math.min(...Array.from({ length: 30 }, () => branin(square.sample(rng)))) - 0.397887)
    }
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
    expect(mean(reached)).toBeLessThan(0.8)
    expect(mean(reached)).toBeLessThan(mean(atRandom) / 3)
  })
})

describe('every suggestion', () => {
  it('comes also where a range has one value', async () => {
    const space = defineSpace({ rate: float(0.1, 0.1, { log: true }), x: float(1, 1), y: float(0, 1) })
    const study = new SimulatedStudy(space, { trials: 12 })
    await study.run(strategy(), 12, ({ y }) => Number(y))
    expect(study.trials).toHaveLength(12)
    for (const { params } of study.trials) expect(params).toMatchObject({ rate: 0.1, x: 1 })
  })

  it('is valid, satisfies conditions and constraints, and is new, whatever came before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.integer({ min: 0, max: 25 }),
        async (seed, known) => {
          const study = new SimulatedStudy(mixed, { trials: 40, seed })
          const rng = deriveRng({ seed, purpose: 'history' })
          for (let i = 0; i < known; i++) {
            const number = study.start(mixed.sample(rng))
            const fate = rng.uniform()
            // Some are still running, some have failed.
            if (fate < 0.7) study.finish(number, mixedLoss(study.trials[number]!.params))
            else if (fate < 0.85) study.finish(number, Number.NaN)
          }
          const suggestion = await study.suggest(strategy())
          if (typeof suggestion === 'string') throw new Error(suggestion)
          expect(() => mixed.validate(suggestion.params)).not.toThrow()
          expect(mixed.satisfies(suggestion.params)).toBe(true)
          expect(study.hasTried(suggestion.params)).toBe(false)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('is found where constraints leave a thousandth of the space', async () => {
    const narrow = defineSpace({ a: float(0, 1), b: float(0, 1) }, [atMost(product('a', 'b'), 0.0002)])
    const study = new SimulatedStudy(narrow, { trials: 12 })
    await study.run(strategy(), 12, ({ a, b }) => (Number(a) - 0.5) ** 2 + Number(b))
    expect(study.trials).toHaveLength(12)
    for (const { params } of study.trials) expect(narrow.satisfies(params)).toBe(true)
  })
})

describe('a suggestion is a function of the history', () => {
  it('so the same history, read anew by another instance, gives the same suggestion bit for bit', async () => {
    const study = new SimulatedStudy(mixed, { trials: 30 })
    await study.run(strategy(), 18, mixedLoss)
    const copy = new SimulatedStudy(mixed, { trials: 30 })
    for (const { params, memo, value } of JSON.parse(JSON.stringify(study.trials))) {
      copy.finish(copy.start(params, memo), value)
    }
    expect(await copy.suggest(strategy())).toEqual(await study.suggest(strategy()))
  })

  it('so trials that a user put in between do not lose what was fitted', async () => {
    const study = new SimulatedStudy(mixed, { trials: 30 })
    await study.run(strategy(), 15, mixedLoss)
    study.finish(study.start(mixed.sample(deriveRng({ seed: 9, purpose: 'user' }))), 1)
    const suggestion = await study.suggest(strategy())
    const design = (memo: unknown): number => (memo as { design: number }).design
    if (typeof suggestion === 'string') throw new Error(suggestion)
    expect(design(suggestion.memo)).toBe(design(study.trials[0]!.memo))
  })
})

describe('the initial points', () => {
  it('begin in the middle of the space, with the first of each list of categories', async () => {
    const space = defineSpace({
      rate: float(1e-4, 1, { log: true }),
      units: int(32, 512),
      optimizer: choice(['rmsprop', 'adam', 'sgd']),
    })
    const study = new SimulatedStudy(space, { trials: 40 })
    await study.run(strategy(), 1, () => 1)
    expect(study.trials[0]!.params).toEqual({
      rate: expect.closeTo(1e-2, 12),
      units: 272,
      optimizer: 'rmsprop',
    })
  })

  it('begin elsewhere where the middle violates a constraint', async () => {
    const space = defineSpace({ a: int(1, 9), b: int(1, 9) }, [atMost(product('a', 'b'), 20)])
    const study = new SimulatedStudy(space, { trials: 10 })
    await study.run(strategy(), 3, () => 1)
    expect(study.trials.map(({ params }) => Number(params.a) * Number(params.b) <= 20)).toEqual([
      true,
      true,
      true,
    ])
  })

  it('are spread evenly around it, one in each quarter of every hyperparameter', async () => {
    const study = new SimulatedStudy(square, { trials: 40 })
    await study.run(strategy({ initialPoints: 5 }), 5, branin)
    const quarters = (name: string, low: number, width: number): Set<number> =>
      new Set(
        study.trials.slice(1).map(({ params }) => Math.floor((4 * (Number(params[name]) - low)) / width)),
      )
    expect(quarters('x', -5, 15).size).toBe(4)
    expect(quarters('y', 0, 15).size).toBe(4)
  })

  it('go on while nothing has finished, so that many workers start at different places', async () => {
    const study = new SimulatedStudy(square, { trials: 40 })
    for (let i = 0; i < 12; i++) {
      const suggestion = await study.suggest(strategy())
      if (typeof suggestion === 'string') throw new Error(suggestion)
      study.start(suggestion.params, suggestion.memo)
    }
    expect(new Set(study.trials.map(({ params }) => square.keyOf(params))).size).toBe(12)
  })
})

describe('trials under way', () => {
  it('keep the next suggestion away from where they are', async () => {
    const study = new SimulatedStudy(square, { trials: 40 })
    await study.run(strategy(), 8, branin)
    const together: Params[] = []
    for (let i = 0; i < 4; i++) {
      const suggestion = await study.suggest(strategy())
      if (typeof suggestion === 'string') throw new Error(suggestion)
      together.push(suggestion.params)
      study.start(suggestion.params, suggestion.memo)
    }
    for (const [i, a] of together.entries()) {
      for (const b of together.slice(0, i)) {
        expect(Math.hypot(Number(a.x) - Number(b.x), Number(a.y) - Number(b.y))).toBeGreaterThan(0.1)
      }
    }
  })
})

describe('a finite space', () => {
  const small = defineSpace({ a: int(1, 4), b: choice(['p', 'q']), c: boolean({ when: { b: 'q' } }) }, [
    atMost('a', 3),
  ])
  // 3 × (p, q with c, q without c)
  const configurations = 9

  it('is searched to the last configuration, each once, and is then exhausted', async () => {
    const study = new SimulatedStudy(small, { trials: 20 })
    await study.run(strategy({ replicates: 0 }), 20, ({ a, b }) => Number(a) + (b === 'p' ? 0 : 1))
    expect(study.trials).toHaveLength(configurations)
    expect(new Set(study.trials.map(({ params }) => small.keyOf(params))).size).toBe(configurations)
    expect(await study.suggest(strategy())).toBe('exhausted')
  })

  it('is exhausted also with the last trials still running, or failed', async () => {
    const study = new SimulatedStudy(small, { trials: 20 })
    await study.run(strategy({ replicates: 0 }), 7, ({ a }) => (a === 1 ? Number.NaN : Number(a)))
    for (let i = 0; i < 2; i++) {
      const suggestion = await study.suggest(strategy())
      if (typeof suggestion === 'string') throw new Error(suggestion)
      study.start(suggestion.params, suggestion.memo)
    }
    expect(await study.suggest(strategy())).toBe('exhausted')
  })
})

describe('params that fail', () => {
  const failing = (params: Params): number => (Number(params.x) > 2 ? Number.NaN : branin(params))

  it.each([1, 3, 4, 6])(
    'are avoided once they are known, and do not end the search (seed %d)',
    async (seed) => {
      const study = new SimulatedStudy(square, { trials: 40, seed })
      await study.run(strategy(), 40, failing)
      const failures = (from: number, to: number): number =>
        study.trials.slice(from, to).filter((t) => t.state === 'failed').length
      // A little more than half of the space fails.
      expect(failures(25, 40)).toBeLessThan(6)
      expect(study.best.value! - 0.397887).toBeLessThan(0.5)
    },
  )

  it('do not stop the strategy when they are all there is', async () => {
    const study = new SimulatedStudy(square, { trials: 12 })
    await study.run(strategy(), 12, () => Number.NaN)
    expect(study.trials).toHaveLength(12)
  })
})

describe('a metric to be maximised', () => {
  it('is searched as its negative is minimised, bit for bit', async () => {
    const [least, most] = [
      new SimulatedStudy(square, { trials: 12 }),
      new SimulatedStudy(square, { trials: 12, objective: maximize('value') }),
    ]
    await least.run(strategy(), 12, branin)
    await most.run(strategy(), 12, (params) => -branin(params))
    expect(most.trials.map(({ params }) => params)).toEqual(least.trials.map(({ params }) => params))
  })
})

describe('noise', () => {
  const noisy =
    (seed: number) =>
    (params: Params, trial: number): number =>
      mixedLoss(params) + 0.5 * deriveRng({ seed, trial, purpose: 'noise' }).normal()

  it('lets leaders be measured again from trial 30 on, for at most a tenth of the trials', async () => {
    const study = new SimulatedStudy(mixed, { trials: 60 })
    await study.run(strategy(), 60, noisy(1))
    const replicates = study.trials.filter((t) => t.replicateOf !== undefined)
    expect(replicates.length).toBeGreaterThan(0)
    expect(replicates.length).toBeLessThanOrEqual(6)
    for (const { number, params, replicateOf } of replicates) {
      expect(number).toBeGreaterThanOrEqual(30)
      expect(mixed.keyOf(params)).toBe(mixed.keyOf(study.trials[replicateOf!]!.params))
    }
    const first = study.trials.filter((t) => t.replicateOf === undefined)
    expect(new Set(first.map(({ params }) => mixed.keyOf(params))).size).toBe(first.length)
  })
})

describe('partial budgets', () => {
  const rungs = [1, 3, 9]
  /** After few epochs everything looks worse, but the order is nearly the final one. */
  const lossAt = (params: Params, epochs: number): number => branin(params) + 60 / epochs

  /** Thirty trials drawn at random; every third has come to the second rung, none to the full budget. */
  function pausedStudy(failing: (params: Params) => boolean): SimulatedStudy {
    const study = new SimulatedStudy(square, { trials: 60 })
    const rng = deriveRng({ seed: 3, purpose: 'history' })
    for (let i = 0; i < 30; i++) {
      const number = study.start(square.sample(rng))
      const { params } = study.trials[number]!
      if (failing(params)) {
        study.finish(number, Number.NaN)
        continue
      }
      const reached = rungs.slice(0, i % 3 === 0 ? 2 : 1)
      study.trials[number] = {
        ...study.trials[number]!,
        state: 'paused',
        legs: reached.map((epochs) => ({ budget: { epochs, folds: 1 }, tags: {}, state: 'done' })),
        reached: { epochs: reached.at(-1)!, folds: 1 },
        curve: reached.map((epochs) => ({ fold: 0, epoch: epochs, value: lossAt(params, epochs) })),
        value: lossAt(params, reached.at(-1)!),
      }
    }
    return Object.assign(study, { fullBudget: { epochs: 9, folds: 1 } })
  }

  async function nextFour(study: SimulatedStudy): Promise<Params[]> {
    const suggested: Params[] = []
    for (let i = 0; i < 4; i++) {
      const suggestion = await study.suggest(strategy())
      if (typeof suggestion === 'string') throw new Error(suggestion)
      suggested.push(suggestion.params)
      study.start(suggestion.params, suggestion.memo)
    }
    return suggested
  }

  it('teach the model: from paused trials alone it goes where the full budget pays', async () => {
    const suggested = await nextFour(pausedStudy(() => false))
    // A configuration drawn at random has a loss of some 50.
    expect(Math.min(...suggested.map(branin))).toBeLessThan(8)
  })

  it('do not make the full budget look bad where only failures came to their end', async () => {
    const suggested = await nextFour(pausedStudy(({ x }) => Number(x) > 5))
    expect(Math.min(...suggested.map(branin))).toBeLessThan(8)
    expect(suggested.filter(({ x }) => Number(x) > 5).length).toBeLessThan(3)
  })
})

describe('many trials', () => {
  it('are summed up by a subset, and suggestions stay new and valid', async () => {
    const study = new SimulatedStudy(mixed, { trials: 2000 })
    const rng = deriveRng({ seed: 4, purpose: 'history' })
    for (let i = 0; i < 1100; i++)
      study.finish(study.start(mixed.sample(rng)), mixedLoss(study.trials[i]!.params))
    const suggestion = await study.suggest(strategy())
    if (typeof suggestion === 'string') throw new Error(suggestion)
    mixed.validate(suggestion.params)
    expect(study.hasTried(suggestion.params)).toBe(false)
    // With so much known it goes where it is good.
    expect(mixedLoss(suggestion.params)).toBeLessThan(0.6)
  })
})

describe('listed candidates', () => {
  const listOf = (count: number, seed: number): Params[] => {
    const rng = deriveRng({ seed, purpose: 'candidates' })
    return Array.from({ length: count }, () => mixed.sample(rng))
  }

  it('are all that is suggested, each once and as it was listed, until none is left', async () => {
    const candidates = listOf(25, 1)
    const study = new SimulatedStudy(mixed, { trials: 30 })
    await study.run(strategy({ candidates, replicates: 0 }), 30, mixedLoss)
    const suggested = study.trials.map(({ params }) => params)
    expect(suggested).toHaveLength(25)
    expect(new Set(suggested.map(mixed.keyOf, mixed))).toEqual(new Set(candidates.map(mixed.keyOf, mixed)))
    for (const params of suggested) expect(candidates).toContainEqual(params)
    expect(await study.suggest(strategy({ candidates, replicates: 0 }))).toBe('exhausted')
  })

  it('are begun with the one nearest to the middle', async () => {
    const middle = { x: 2.6, y: 7.4 }
    const candidates = [{ x: -5, y: 0 }, middle, { x: 9, y: 7.5 }, { x: 2.5, y: 12 }]
    const suggestion = await new SimulatedStudy(square).suggest(strategy({ candidates }))
    expect(suggestion).toMatchObject({ params: middle })
  })

  it('are searched by the model: the best are found in far fewer trials than there are', async () => {
    const found: number[] = []
    for (let seed = 1; seed <= 5; seed++) {
      const rng = deriveRng({ seed, purpose: 'candidates' })
      const candidates = Array.from({ length: 400 }, () => square.sample(rng))
      const study = new SimulatedStudy(square, { trials: 30, seed })
      const best = (await study.run(strategy({ candidates }), 30, branin)).best.value!
      found.push(candidates.filter((params) => branin(params) < best).length)
    }
    // Thirty drawn at random miss on average the 13 best of 400.
    expect(found.reduce((a, b) => a + b) / found.length).toBeLessThan(4)
  })

  it('are refused where one is not of the space, by its place in the list', () => {
    const candidates = [
      { x: 1, y: 2 },
      { x: 99, y: 2 },
    ]
    expect(() => new SimulatedStudy(square).suggest(strategy({ candidates }))).toThrow(
      expect.objectContaining({
        code: 'RONDO_OPTION_INVALID',
        place: { param: 'x', field: 'candidates[1]' },
        value: candidates[1],
      }),
    )
  })

  it('that violate a constraint are left out, and refused where all of them do', async () => {
    const [allowed] = listOf(1, 2)
    const candidates = [
      { ...allowed!, units: 512, layers: 3 },
      { ...allowed!, units: 32, layers: 1 },
    ]
    const suggestion = await new SimulatedStudy(mixed).suggest(strategy({ candidates }))
    expect(suggestion).toMatchObject({ params: candidates[1] })
    expect(() => new SimulatedStudy(mixed).suggest(strategy({ candidates: candidates.slice(0, 1) }))).toThrow(
      expect.objectContaining({ code: 'RONDO_OPTION_INVALID', place: { field: 'candidates' } }),
    )
  })

  it('are all that is repeated, where the best is one that a user enqueued', async () => {
    const rng = deriveRng({ seed: 1, purpose: 'candidates' })
    const candidates = Array.from({ length: 200 }, () => square.sample(rng))
    const study = new SimulatedStudy(square, { trials: 60 })
    study.finish(study.start({ x: Math.PI, y: 2.275 }), -50)
    const noise = deriveRng({ seed: 1, purpose: 'noise' })
    await study.run(strategy({ candidates }), 59, (params) => branin(params) + 5 * noise.normal())
    const repeated = study.trials.filter(({ replicateOf }) => replicateOf !== undefined)
    expect(repeated.length).toBeGreaterThan(0)
    for (const { params } of repeated) expect(candidates).toContainEqual(params)
  })
})

describe('options', () => {
  it.each([
    [{ acquisition: 'best' }],
    [{ kappa: -1 }],
    [{ initialPoints: 1 }],
    [{ alpha: 0 }],
    [{ candidates: [] }],
    [{ capa: 2 }],
  ])('%j is refused', async (options) => {
    const result = await bayes(options as BayesOptions).schema!['~standard'].validate(options)
    expect(result.issues).toBeDefined()
  })

  it('take a noise that is known', async () => {
    const study = new SimulatedStudy(square, { trials: 15 })
    const options = { acquisition: 'ucb', kappa: 2, alpha: 1e-3, initialPoints: 5 } as const
    await study.run(strategy(options), 15, branin)
    const { fit } = study.trials.at(-1)!.memo as { fit: { theta: number[] } }
    expect(Math.exp(fit.theta.at(-1)!)).toBeCloseTo(1e-3, 9)
  })
})

describe('a prior mean', () => {
  /** What is best, and what else data might have taught. */
  const bowl = (center: number) => (params: Params) =>
    1 - (Math.log10(Number(params.learningRate)) + center) ** 2 - (Number(params.dropout) * 4) ** 2
  const rate = defineSpace({
    learningRate: float(1e-4, 1e-1, { log: true }),
    dropout: float(0, 0.5),
    units: int(8, 128, { log: true }),
  })
  const loss = (params: Params): number =>
    -bowl(2.5)(params) + ((Math.log2(Number(params.units)) - 5) / 4) ** 2
  const regretsAfter = async (
    trials: number,
    priorMean: ((params: Params) => number) | undefined,
    options: BayesOptions = {},
  ) => {
    const seeds = [1, 2, 3, 4, 5]
    const best: number[] = []
    for (const seed of seeds) {
      const study = new SimulatedStudy(rate, { trials, seed, ...(priorMean && { priorMean }) })
      best.push((await study.run(strategy(options), trials, loss)).best.value! + 1)
    }
    return best.reduce((a, b) => a + b, 0) / seeds.length
  }

  it('that is right finds good configurations sooner', async () => {
    expect(await regretsAfter(5, bowl(2.5))).toBeLessThan((await regretsAfter(5, undefined)) / 2)
  })

  it('that is wrong is overruled by the trials', async () => {
    expect(await regretsAfter(30, (params) => -bowl(2.5)(params))).toBeLessThan(0.05)
    expect(await regretsAfter(30, bowl(3.5))).toBeLessThan(0.05)
  }, 120_000)

  it('is left alone where that is asked', async () => {
    const without = await regretsAfter(12, undefined)
    expect(await regretsAfter(12, bowl(2.5), { priorMean: false })).toBe(without)
  })
})

describe('what is expected of trials', () => {
  const space = defineSpace({ x: float(0, 1), slow: boolean() })
  /** What is slow is better in the end, and worse at first; x has its best at ¾. */
  const lossAt = ({ x, slow }: Params, epochs: number): number =>
    (Number(x) - 0.75) ** 2 + (slow ? 2 / epochs : 0.5) + 0.1 / epochs
  const priorMean = ({ slow }: Params, fidelity: number): number =>
    2 * fidelity - 1 + (slow ? 2 * fidelity - 1 : 0)

  /** The first three trials are trained in full; of all others, quick and slow ones in turn, one epoch. */
  async function pausedStudy(options: BayesOptions, prior: typeof priorMean | undefined, trials = 12) {
    const study = new SimulatedStudy(space, { trials: 27, ...(prior && { priorMean: prior }) })
    Object.assign(study, { fullBudget: { epochs: 9, folds: 1 } })
    for (let i = 0; i < trials; i++) {
      const suggestion = await study.suggest(strategy(options))
      if (typeof suggestion === 'string') throw new Error(suggestion)
      const params: Params = { x: suggestion.params.x!, slow: i % 2 === 0 }
      const number = study.start(params, suggestion.memo)
      const epochs = i < 3 ? 9 : 1
      const value = lossAt(params, epochs)
      study.trials[number] = {
        ...study.trials[number]!,
        state: i < 3 ? 'completed' : 'paused',
        legs: [{ budget: { epochs, folds: 1 }, tags: {}, state: 'done' }],
        reached: { epochs, folds: 1 },
        curve: [{ fold: 0, epoch: epochs, value }],
        value,
      }
    }
    return study
  }

  it('is what paused ones will be worth, not what they show', async () => {
    const study = await pausedStudy({}, priorMean)
    const expectations = study.expectations(strategy())!
    expect([...expectations.keys()].sort((a, b) => a - b)).toEqual(study.trials.map(({ number }) => number))
    const paused = study.trials.filter(({ state }) => state === 'paused')
    const slow = paused.filter(({ params }) => params.slow === true)
    const quick = paused.filter(({ params }) => params.slow === false)
    const mean = (trials: typeof paused): number =>
      trials.reduce((sum, { number }) => sum + expectations.get(number)!, 0) / trials.length
    // After an epoch each quick one is ahead.
    expect(Math.max(...quick.map(({ value }) => value!))).toBeLessThan(
      Math.min(...slow.map(({ value }) => value!)),
    )
    expect(mean(slow)).toBeGreaterThan(mean(quick))
  })

  it('is the same when it is asked for again, by another instance too', async () => {
    const study = await pausedStudy({}, priorMean)
    expect(study.expectations(strategy())).toEqual(study.expectations(strategy()))
  })

  it('is none before the model has made a suggestion, and none without a prior mean', async () => {
    expect((await pausedStudy({}, priorMean, 2)).expectations(strategy())).toBeUndefined()
    expect((await pausedStudy({}, undefined)).expectations(strategy())).toBeUndefined()
    const options = { priorMean: false }
    expect((await pausedStudy(options, priorMean)).expectations(strategy(options))).toBeUndefined()
  })

  it('is nothing of trials that failed or were stopped, and the same of two with the same params', async () => {
    const study = await pausedStudy({}, priorMean)
    study.finish(study.start({ x: 0.123, slow: true }), Number.NaN)
    const { state: _, ...stopped } = study.trials[7]!
    study.trials[7] = { ...stopped, state: 'stopped', stopReason: 'hopeless' }
    const again = study.start(study.trials[8]!.params)
    const expected = study.expectations(strategy())!
    expect(expected.get(12)).toBe(Number.NEGATIVE_INFINITY)
    expect(expected.get(7)).toBe(Number.NEGATIVE_INFINITY)
    expect(expected.get(again)).toBe(expected.get(8))
    expect(expected.get(8)).toBeGreaterThan(Number.NEGATIVE_INFINITY)
  })
})
