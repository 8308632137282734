import { createHash } from 'node:crypto'
import type { Plugin, Scheduler, SearchStrategy } from '@rondo/core'
import { asha, hyperband, medianStop } from '@rondo/scheduler-asha'
import { type BayesOptions, bayes } from '@rondo/search-bayes'
import { curvesFolder } from '../curves/folder.ts'
import { flagsOf } from '../flags.ts'
import { OutcomeCache } from '../search/outcome-cache.ts'
import { bootstrapInterval, mean } from '../search/statistics.ts'
import { ownCurves, withPriorMeans } from './own-curves.ts'
import { type Method, simulate } from './simulate.ts'
import { type Task, taskOf, withMeanCurves } from './tasks.ts'
import { dataFolder, taskSetCurves } from './taskset.ts'

const flags = flagsOf(import.meta.url, {
  seeds: { type: 'string', default: '10' },
  workers: { type: 'string', default: '1,4' },
  trainings: { type: 'string', default: '5,10,20' },
  methods: { type: 'string', default: '' },
  tasks: { type: 'string', default: '' },
  curves: { type: 'string', default: curvesFolder() },
  'mean-curves': { type: 'boolean', default: false },
  cache: { type: 'string' },
})
const TRAININGS = flags.trainings.split(',').map(Number)
/** What the others are compared with. */
const REFERENCE = 'random, ASHA'

const tasks = [...taskSetCurves(dataFolder()), ...withPriorMeans(ownCurves(flags.curves))]
  .filter(({ name, suite }) => flags.tasks === '' || `${suite}/${name}`.includes(flags.tasks))
  .map((stored) => taskOf(flags['mean-curves'] ? withMeanCurves(stored) : stored))
if (tasks.length === 0) {
  const named = flags.tasks === '' ? '' : ` whose names contain “${flags.tasks}”`
  console.error(
    `No curves${named} in ${dataFolder()} or ${flags.curves}. Set RONDO_HPO_DATA to the folder that holds taskset-*.json, ` +
      'or RONDO_CURVES to that of curves-*.json.',
  )
  process.exit(1)
}

const made = <T>(plugin: Plugin<T>): T => plugin.create() as T
const atRandom = ({ configurations }: Task): SearchStrategy => ({
  suggest: ({ history, rng }) => {
    const untried = configurations.filter((params) => !history.hasTried(params))
    return { params: untried[rng.integer(0, untried.length - 1)]! }
  },
})
const inFull: Scheduler = { next: ({ history }) => ({ do: 'start', budget: history.fullBudget }) }
// A run meets one training of each configuration, so a repetition would measure the same curve again.
const modelled =
  (options: BayesOptions = {}) =>
  ({ configurations }: Task): SearchStrategy =>
    made(bayes({ replicates: 0, candidates: configurations, ...options }))
const known: readonly Method[] = [
  { name: 'random', strategy: atRandom, scheduler: inFull },
  { name: 'random, median stop', strategy: atRandom, scheduler: made(medianStop()) },
  { name: 'random, Hyperband', strategy: atRandom, scheduler: made(hyperband()) },
  { name: 'random, ASHA', strategy: atRandom, scheduler: made(asha()) },
  { name: 'random, ASHA r=1', strategy: atRandom, scheduler: made(asha({ firstRung: 1 })) },
  { name: 'random, ASHA u=200', strategy: atRandom, scheduler: made(asha({ minUpdates: 200 })) },
  { name: 'bayes', strategy: modelled(), scheduler: inFull },
  { name: 'bayes, Hyperband', strategy: modelled(), scheduler: made(hyperband()) },
  { name: 'bayes, ASHA', strategy: modelled(), scheduler: made(asha()) },
  { name: 'bayes, ASHA, by value', strategy: modelled(), scheduler: made(asha({ expectations: false })) },
  {
    name: 'bayes, ASHA, no prior',
    strategy: modelled({ priorMean: false }),
    scheduler: made(asha()),
  },
]
const wanted = flags.methods === '' ? known.map(({ name }) => name) : flags.methods.split(';')
const unknown = wanted.filter((name) => !known.some((method) => method.name === name))
if (unknown.length > 0) {
  const names = known.map(({ name }) => `“${name}”`).join(', ')
  console.error(
    `There is no method “${unknown.join('”, “')}”. Methods are separated by semicolons: ${names}.`,
  )
  process.exit(1)
}
const methods = known.filter(({ name }) => wanted.includes(name))

const outcomes = new OutcomeCache<{ readonly regrets: number[] }>(flags.cache)
const seeds = Array.from({ length: Number(flags.seeds) }, (_, i) => i)
const suites = [...new Set(tasks.map(({ suite }) => suite))]
for (const suite of suites) {
  for (const workers of flags.workers.split(',').map(Number)) {
    const own = tasks.filter((task) => task.suite === suite)
    await compare(suite, own, workers)
  }
}

/**
 * Regrets are those among the configurations and trainings that there are, by what the other series have taught: with
 * others it is another problem.
 */
function problemKey({ suite, name, configurations, curves, priorMean }: Task): string {
  const trainings = curves.map(({ length }) => length)
  const hash = createHash('sha256').update(JSON.stringify({ configurations, trainings }))
  for (const curve of curves.flat()) hash.update(curve)
  if (priorMean) hash.update(Float64Array.from(configurations, (params) => priorMean(params, 1)))
  return `${suite}/${name}/${configurations.length}-${hash.digest('hex').slice(0, 12)}`
}

/** Prints a row for each method as soon as it is there. */
async function compare(suite: string, own: readonly Task[], workers: number): Promise<void> {
  const sizes = own.map(sizeOf).join(', ')
  console.log(
    `\n${suite}${flags['mean-curves'] ? ', mean curves' : ''}, ${workers} at a time, ${seeds.length} seeds: mean normalised regret after the work of ` +
      `${TRAININGS.join(' / ')} full trainings, and its difference to ${REFERENCE} with a 95 % interval\n${sizes}`,
  )
  const problems = own.map(problemKey)
  const names = own.map(({ name }) => name.slice(-18).padStart(18))
  console.log(
    ['method'.padEnd(21), ...cells(TRAININGS.map(String)), 'of the reference'.padStart(18), ...names].join(
      ' ',
    ),
  )
  let reference: readonly (readonly number[])[] | undefined
  const compared = methods.toSorted((a, b) => Number(b.name === REFERENCE) - Number(a.name === REFERENCE))
  for (const method of compared) {
    /** `[task × seed][trainings]` */
    const regrets: number[][] = []
    for (const [t, task] of own.entries()) {
      for (const seed of seeds) {
        const key = [method.name, workers, problems[t]!, seed, TRAININGS.join()].join('/')
        const outcome = await outcomes.get(key, async () => ({
          regrets: await simulate(task, method, { seed, workers, trainings: TRAININGS }),
        }))
        regrets.push(outcome.regrets)
      }
    }
    if (method.name === REFERENCE) reference = regrets
    const all = TRAININGS.map((_, i) => {
      const mine = regrets.map((r) => r[i]!)
      if (reference === undefined || reference === regrets) return mean(mine).toFixed(3)
      const [low, high] = bootstrapInterval(mine.map((r, k) => r - reference![k]![i]!))
      return `${mean(mine).toFixed(3)} (${signed(low)} ${signed(high)})`
    })
    const ratios = TRAININGS.map((_, i) =>
      reference === undefined ? '' : (meanAt(regrets, i) / meanAt(reference, i)).toFixed(2),
    )
    const byTask = own.map((_, t) => {
      const rows = regrets.slice(t * seeds.length, (t + 1) * seeds.length)
      return TRAININGS.map((_, i) => meanAt(rows, i).toFixed(3))
        .join(' ')
        .padStart(18)
    })
    console.log([method.name.padEnd(21), ...cells(all), ratios.join(' ').padStart(18), ...byTask].join(' '))
  }
}

function sizeOf({ name, configurations, curves }: Task): string {
  const trainings = curves.map(({ length }) => length)
  const [fewest, most] = [Math.min(...trainings), Math.max(...trainings)]
  const times = fewest < most ? ` × ${fewest} to ${most}` : most > 1 ? ` × ${most}` : ''
  return `${name} (${configurations.length}${times})`
}

function cells(texts: readonly string[]): string[] {
  return texts.map((text) => text.padStart(20))
}

function meanAt(regrets: readonly (readonly number[])[], i: number): number {
  return mean(regrets.map((r) => r[i]!))
}

function signed(n: number): string {
  return `${n < 0 ? '−' : '+'}${Math.abs(n).toFixed(3).replace(/^0/, '')}`
}
