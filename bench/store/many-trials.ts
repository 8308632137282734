// How many trials of a trivial function a second go through the SQLite store, and how long the study takes to open.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  compose,
  definePlugin,
  float,
  readStudy,
  SEARCH_STRATEGY,
  STORE,
  systemClock,
  tune,
} from '@rondo/core'
import { sqliteStore } from '@rondo/store-sqlite'

const TRIALS = Number(process.argv[2] ?? 10_000)
const directory = mkdtempSync(join(tmpdir(), 'rondo-bench-'))
const search = definePlugin({
  name: 'draws',
  provides: SEARCH_STRATEGY,
  scope: 'study',
  create: () => ({ suggest: ({ space, rng }) => ({ params: space.sample(rng) }) }),
})
const megabytes = (): number => process.memoryUsage().rss / 2 ** 20

const began = performance.now()
let at = began
await tune({
  name: 'many',
  space: { x: float(-1, 1), y: float(-1, 1) },
  objective: ({ x, y }, { number }) => {
    if (number > 0 && number % (TRIALS / 5) === 0) {
      const now = performance.now()
      console.log(
        `${number} trials: ${Math.round(TRIALS / 5 / ((now - at) / 1000))} a second, ${megabytes().toFixed(0)} MB`,
      )
      at = now
    }
    return x * x + y * y
  },
  search,
  trials: TRIALS,
  store: sqliteStore({ directory }),
})
const seconds = (performance.now() - began) / 1000
console.log(
  `${TRIALS} trials in ${seconds.toFixed(2)} s: ${Math.round(TRIALS / seconds)} a second, ${megabytes().toFixed(0)} MB`,
)

const store = compose([sqliteStore({ directory }), systemClock()]).resolve(STORE)
const opened = performance.now()
const reading = readStudy(store.open('many', 'read'))
console.log(
  `opened again with ${reading.state.trials.length} trials in ${Math.round(performance.now() - opened)} ms`,
)
rmSync(directory, { recursive: true })
