/**
 * Trials per minute of the default space on US births, compiled against tfjs: the same params for both, trial by trial
 * in turns, in one process.
 *
 *   node --conditions=rondo-source bench/trials/trials.ts [--trials 8] [--epochs 2] [--seed 1]
 */
import { isDeepStrictEqual } from 'node:util'
import { type Params, prepareStudy } from '@rondo/core'
import { flagsOf } from '../flags.ts'
import { sum } from '../search/statistics.ts'
import { studyOf, type Variant } from './study.ts'

const values = flagsOf(import.meta.url, {
  trials: { type: 'string', default: '8' },
  epochs: { type: 'string', default: '2' },
  seed: { type: 'string', default: '1' },
})
const [trials, epochs, firstSeed] = [Number(values.trials), Number(values.epochs), Number(values.seed)]

interface Run {
  readonly seconds: number
  readonly params: Params
  /** The best validation error, births a day. */
  readonly error: number
}

async function run(variant: Variant): Promise<Run> {
  const study = (await prepareStudy(studyOf(variant))).create()
  try {
    const began = performance.now()
    await study.run()
    const seconds = (performance.now() - began) / 1000
    const [trial] = study.state.trials
    if (trial?.value === undefined) throw new Error(trial?.failure?.message ?? 'The trial has no value.')
    return { seconds, params: trial.params, error: trial.value }
  } finally {
    await study.dispose()
  }
}

const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const columns = ['layers', 'units', 'window', 'batchSize'] as const
const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(12)).join('')

// Reading the data for the first time, starting tfjs and compiling the kernels belong to no trial.
for (const step of ['compiled', 'tfjs'] as const) await run({ seed: firstSeed, step, epochs: 1 })

console.log(`${trials} trials of US births, ${epochs} epochs each, Node ${process.version}\n`)
console.log(row([...columns, 'compiled s', 'tfjs s', '× tfjs', 'MAE', 'MAE tfjs']))
const compiled: Run[] = []
const tfjs: Run[] = []
for (let trial = 0; trial < trials; trial++) {
  const seed = firstSeed + trial
  const ours = await run({ seed, step: 'compiled', epochs })
  const theirs = await run({ seed, step: 'tfjs', epochs })
  if (!isDeepStrictEqual(ours.params, theirs.params)) throw new Error(`Seed ${seed} gave two trials.`)
  compiled.push(ours)
  tfjs.push(theirs)
  console.log(
    row([
      ...columns.map((name) => String(ours.params[name])),
      ours.seconds.toFixed(2),
      theirs.seconds.toFixed(2),
      (theirs.seconds / ours.seconds).toFixed(1),
      ours.error.toFixed(1),
      theirs.error.toFixed(1),
    ]),
  )
}

const perMinute = (runs: readonly Run[]): string =>
  ((60 * trials) / sum(runs.map(({ seconds }) => seconds))).toFixed(1)
const ratios = tfjs.map(({ seconds }, i) => seconds / compiled[i]!.seconds)
const total = sum(tfjs.map(({ seconds }) => seconds)) / sum(compiled.map(({ seconds }) => seconds))
console.log(`\ncompiled  ${perMinute(compiled)} trials per minute`)
console.log(`tfjs      ${perMinute(tfjs)} trials per minute`)
console.log(
  `ratio     ${total.toFixed(1)} over all; by trial median ${median(ratios).toFixed(1)} (${Math.min(...ratios).toFixed(1)} … ${Math.max(...ratios).toFixed(1)})`,
)
