// How long the article's search takes on US births: its trials as written, with Keras and here. Each trial is trained
// for a few epochs; the time of a whole study follows from the epochs that the article would give it.
import { spawn, spawnSync } from 'node:child_process'
import { env } from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { deriveRng, type Params, prepareStudy } from '@rondo/core'
import { flagsOf } from '../flags.ts'
import studyOf, { WINDOW } from './study.ts'

const flags = flagsOf(import.meta.url, {
  trials: { type: 'string', default: '15' },
  epochs: { type: 'string', default: '3' },
  workers: { type: 'string', default: '2' },
})
const trials = Number(flags.trials)
const epochs = Number(flags.epochs)
const workers = Number(flags.workers)
const python = env.RONDO_PEERS_PYTHON ?? 'python3'

interface Timed {
  readonly params: Params
  /** Of an epoch, the first one left out: it warms up. */
  readonly seconds: number
}

async function timeOurs(): Promise<{ readonly timed: readonly Timed[]; readonly development: number }> {
  const overrides = { workers, trials, epochs }
  const module = new URL('./study.ts', import.meta.url).href
  const marks = new Map<number, number[]>()
  const observer = {
    onMeasured: (trial: number): void => {
      marks.set(trial, [...(marks.get(trial) ?? []), performance.now()])
    },
  }
  const study = (await prepareStudy(studyOf(overrides), { module, overrides, observer })).create()
  await study.run()
  const timed = study.state.trials.map(({ number, params }) => {
    const at = marks.get(number)!
    return { params, seconds: (at.at(-1)! - at[0]!) / 1000 / (at.length - 1) }
  })
  const { rows, testRows } = study.dataset!.description
  await study.dispose()
  return { timed, development: rows - testRows }
}

async function timeKeras(all: readonly Params[], development: number): Promise<number[]> {
  const program = fileURLToPath(new URL('keras_trials.py', import.meta.url))
  const quiet = { TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '', KERAS_BACKEND: 'tensorflow' }
  const child = spawn(python, [program], {
    env: { ...env, ...quiet },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  // Divided .8 to .2 as here; the first windows have no days before them.
  const validation = Math.floor(0.2 * development)
  const windows = development - validation - WINDOW
  child.stdin.end(`${JSON.stringify({ windows, validation, window: WINDOW, epochs, trials: all })}\n`)
  const seconds: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const [, ...rest] = JSON.parse(line) as number[]
    seconds.push(rest.reduce((a, b) => a + b, 0) / rest.length)
  }
  return seconds
}

if (epochs < 2) throw new Error('--epochs must be 2 or more: the first one is not counted.')
const hasKeras = spawnSync(python, ['-c', 'import keras']).status === 0
const { timed: ours, development } = await timeOurs()
const keras = hasKeras
  ? await timeKeras(
      ours.map(({ params }) => params),
      development,
    )
  : []
if (!hasKeras)
  console.log(`Keras is missing: ${python} cannot import it. RONDO_PEERS_PYTHON names another Python.`)

const rng = deriveRng({ seed: 1, purpose: 'epochs' })
const planned = ours.map(() => rng.integer(10, 100))
const cell = (value: number | string | undefined, width: number): string =>
  (typeof value === 'number' ? value.toFixed(2) : (value ?? '–')).padStart(width)
console.log(`${trials} trials of the article's space on US births, window ${WINDOW}: seconds an epoch`)
console.log(
  `${'units'.padStart(5)} ${'batch'.padStart(6)} ${'epochs'.padStart(6)} ${'here'.padStart(8)} ${'Keras'.padStart(8)}`,
)
for (const [i, { params, seconds }] of ours.entries()) {
  console.log(
    `${String(params.units).padStart(5)} ${String(params.batchSize).padStart(6)} ${String(planned[i]).padStart(6)} ` +
      `${cell(seconds, 8)} ${cell(keras[i], 8)}`,
  )
}
const total = (seconds: readonly number[]): number =>
  seconds.reduce((sum, s, i) => sum + s * planned[i]!, 0) / 60
const here = total(ours.map(({ seconds }) => seconds)) / workers
console.log(
  `\nall trials to their end: ${here.toFixed(1)} min here, with ${workers} workers at the same time`,
)
if (hasKeras) {
  const theirs = total(keras)
  console.log(
    `                         ${theirs.toFixed(1)} min with Keras, one trial after the other on all cores`,
  )
  console.log(`                         ${(here / theirs).toFixed(2)} of its time`)
}
