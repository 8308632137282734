import { cpuUsage } from 'node:process'
import {
  atMost,
  choice,
  defineSpace,
  deriveRng,
  float,
  int,
  minimize,
  type Params,
  type SearchStrategy,
  type Space,
  sum,
} from '@rondo/core'
import { bayes } from '@rondo/search-bayes'
import { flagsOf } from '../flags.ts'
import { SimulatedHistory } from './simulated-history.ts'

/**
 * Prints how long a suggestion of `bayes` takes in ten dimensions where its hyperparameters are fitted again (up to 100
 * trials that is each time, later seldom): processor time, which other programs disturb less than that of the clock.
 */

const flags = flagsOf(import.meta.url, {
  trials: { type: 'string', default: '30,100,300,1000' },
  repeats: { type: 'string', default: '11' },
  spaces: { type: 'string', default: '' },
})

interface Case {
  readonly name: string
  readonly space: Space
  /** The measured value; NaN where the trial fails. */
  readonly value: (params: Params) => number
}

const reals = defineSpace(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`x${i}`, float(0, 1)])))
const mixed = {
  learningRate: float(1e-5, 1, { log: true }),
  units: int(8, 512, { log: true }),
  layers: int(1, 4),
  batchSize: choice([16, 32, 64, 128]),
  optimizer: choice(['sgd', 'adam', 'rmsprop', 'adagrad']),
  momentum: float(0, 0.99, { when: { optimizer: 'sgd' } }),
  dropout: float(0, 0.7),
  window: int(4, 96),
  clip: float(0.1, 10, { log: true }),
  scaling: choice(['standard', 'minmax', 'none']),
} as const

const numbers = (params: Params): number[] =>
  Object.values(params).map((v) => (typeof v === 'number' ? Math.log1p(v) : String(v).length / 8))
const bowl = (params: Params): number => numbers(params).reduce((sum, v, i) => sum + (v - 0.1 * i) ** 2, 0)

const cases: readonly Case[] = [
  { name: 'ten reals', space: reals, value: bowl },
  { name: 'mixed, conditional', space: defineSpace(mixed), value: bowl },
  {
    name: 'the same, constrained',
    space: defineSpace(mixed, [atMost(sum('units', 'window', 'window'), 300)]),
    value: bowl,
  },
  {
    name: 'the same, a third fails',
    space: defineSpace(mixed),
    value: (params) => (Number(params.learningRate) > 0.02 ? Number.NaN : bowl(params)),
  },
]

const objective = minimize('value')
const repeats = Number(flags.repeats)

/** Processor milliseconds of suggestions that are due to fit, after `trials` random trials. */
async function timesOf({ space, value }: Case, trials: number): Promise<number[]> {
  const strategy = bayes().create() as SearchStrategy
  const history = new SimulatedHistory(space, objective, 2 * trials + repeats)
  const rng = deriveRng({ seed: 1, purpose: 'suggestion-times' })
  while (history.trials.length < trials) {
    const params = space.sample(rng)
    if (history.hasTried(params)) continue
    history.start(params)
    history.finish(history.trials.length - 1, value(params))
  }
  const ask = async (trial: number) => {
    const begun = cpuUsage()
    const rng = deriveRng({ seed: 1, trial, purpose: 'suggest' })
    const suggestion = await strategy.suggest({ space, objective, history, trial, rng })
    const { user, system } = cpuUsage(begun)
    if (typeof suggestion === 'string') throw new Error(`The strategy answered “${suggestion}”.`)
    return { ms: (user + system) / 1000, memo: suggestion.memo as { fit: { rows: number }; design: number } }
  }
  // A first fit has nothing to go on; a study's later ones start from the one before, which is older than it is.
  const { memo } = await ask(trials)
  const last = history.trials.length - 1
  history.trials[last] = { ...history.trials[last]!, memo: { ...memo, fit: { ...memo.fit, rows: 0 } } }
  const times: number[] = []
  for (let i = 0; i < repeats; i++) times.push((await ask(trials + i)).ms)
  return times
}

const medianAndLargest = (values: readonly number[]): string => {
  const ascending = values.toSorted((a, b) => a - b)
  return `${ascending[Math.floor(ascending.length / 2)]!.toFixed(0)} / ${ascending.at(-1)!.toFixed(0)}`
}

const sizes = flags.trials.split(',').map(Number)
console.log(`processor milliseconds of a suggestion with a new fit: median / largest of ${repeats}`)
console.log(' '.repeat(24) + sizes.map((n) => `${n} trials`.padStart(16)).join(''))
for (const one of cases.filter(({ name }) => name.includes(flags.spaces))) {
  const cells: string[] = []
  for (const trials of sizes) cells.push(medianAndLargest(await timesOf(one, trials)).padStart(16))
  console.log(one.name.padEnd(24) + cells.join(''))
}
