/**
 * Epochs and minutes to given validation scores on US births: see README.md.
 *
 *   node --conditions=rondo-source bench/births/main.ts [--methods random,bayes,bayes-asha] [--trainings 30]
 */
import { readFileSync } from 'node:fs'
import { type Measurement, prepareStudy } from '@rondo/core'
import { flagsOf } from '../flags.ts'
import studyOf, { METHODS, type Method } from './study.ts'

const flags = flagsOf(import.meta.url, {
  methods: { type: 'string', default: 'random,bayes,bayes-asha' },
  workers: { type: 'string', default: '2' },
  seeds: { type: 'string', default: '1' },
  trainings: { type: 'string', default: '30' },
  minutes: { type: 'string', default: '30' },
  mse: { type: 'string', default: '0.0486' },
  maes: { type: 'string', default: '295,289,282,280' },
})
/** Epochs of a full training in the default space. */
const FULL = 40
const workers = Number(flags.workers)
const mostEpochs = Number(flags.trainings) * FULL
const mostMs = Number(flags.minutes) * 60_000
const maes = flags.maes.split(',').map(Number)
const methods = flags.methods.split(',') as Method[]
for (const method of methods) {
  if (!METHODS.includes(method)) throw new Error(`There is no method ${method}: ${METHODS.join(', ')}.`)
}

/** Of all days: what turns squared errors into those of z-scores. */
const variance = varianceOf(
  readFileSync(new URL('../../examples/births/births.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',').at(-1))),
)

interface Goal {
  readonly name: string
  readonly isReached: (metrics: Measurement['metrics']) => boolean
}

const goals: readonly Goal[] = [
  { name: `MSE ${flags.mse}`, isReached: (m) => m.val_rmse! ** 2 / variance <= Number(flags.mse) },
  ...maes.map((mae) => ({ name: `MAE ${mae}`, isReached: (m: Measurement['metrics']) => m.val_mae! <= mae })),
]

interface Run {
  /** By goal: the epochs trained and the milliseconds worked until it was reached; `undefined` where it was not. */
  readonly reached: readonly ({ readonly epochs: number; readonly ms: number } | undefined)[]
  readonly epochs: number
  readonly ms: number
  readonly trials: number
  readonly bestMae: number
  readonly bestMse: number
}

async function run(method: Method, seed: number): Promise<Run> {
  const overrides = { method, workers, seed }
  const module = new URL('./study.ts', import.meta.url).href
  const end = new AbortController()
  const reached: { epochs: number; ms: number }[] = []
  let epochs = 0
  let [bestMae, bestMse] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const began = performance.now()
  const onMeasured = (_trial: number, { metrics }: Measurement): void => {
    epochs++
    const ms = performance.now() - began
    bestMae = Math.min(bestMae, metrics.val_mae!)
    bestMse = Math.min(bestMse, metrics.val_rmse! ** 2 / variance)
    for (const [i, goal] of goals.entries()) if (goal.isReached(metrics)) reached[i] ??= { epochs, ms }
    // The article's search is what it is; the others have the same work each.
    if (ms > mostMs || (method !== 'article' && epochs >= mostEpochs)) end.abort()
  }
  const prepared = await prepareStudy(studyOf(overrides), { module, overrides, observer: { onMeasured } })
  const study = prepared.create()
  try {
    await study.run(end.signal)
    const { length: trials } = study.state.trials
    return {
      reached: goals.map((_, i) => reached[i]),
      epochs,
      ms: performance.now() - began,
      trials,
      bestMae,
      bestMse,
    }
  } finally {
    await study.dispose()
  }
}

console.log(
  `US births, validation scores; ${workers} workers; ${flags.trainings} full trainings or ${flags.minutes} minutes each; ` +
    'epochs and minutes until each score was first measured\n',
)
const cells = (texts: readonly string[]): string => texts.map((text) => text.padStart(15)).join('')
const heads = [...goals.map(({ name }) => name), 'best MAE', 'best MSE', 'epochs', 'minutes', 'trials']
console.log(`${'method'.padEnd(11)}${'seed'.padStart(5)}${cells(heads)}`)
const minutes = (ms: number): string => (ms / 60_000).toFixed(2)
for (let seed = 1; seed <= Number(flags.seeds); seed++) {
  for (const method of methods) {
    const result = await run(method, seed)
    const times = result.reached.map((at) => (at === undefined ? '–' : `${at.epochs} / ${minutes(at.ms)}`))
    const ends = [result.bestMae.toFixed(1), result.bestMse.toFixed(4), String(result.epochs)]
    const row = [...times, ...ends, minutes(result.ms), String(result.trials)]
    console.log(`${method.padEnd(11)}${String(seed).padStart(5)}${cells(row)}`)
  }
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length
}
