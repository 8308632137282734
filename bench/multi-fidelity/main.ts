import { parseArgs } from 'node:util'
import type { Plugin, Scheduler, SearchStrategy } from '@rondo/core'
import { asha, hyperband, medianStop } from '@rondo/scheduler-asha'
import { bayes } from '@rondo/search-bayes'
import { mean } from '../search/statistics.ts'
import { type Method, simulate } from './simulate.ts'
import { dataFolder, tasksOf } from './tasks.ts'

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    workers: { type: 'string', default: '1' },
    trainings: { type: 'string', default: '5,10,20' },
    methods: { type: 'string', default: '' },
  },
})
const TRAININGS = flags.trainings.split(',').map(Number)
const tasks = tasksOf(dataFolder())
if (tasks.length === 0) {
  console.error(`No curves in ${dataFolder()}. Set RONDO_HPO_DATA to the folder that holds taskset-*.json.`)
  process.exit(1)
}

const made = <T>(plugin: Plugin<T>): T => plugin.create() as T
const atRandom: SearchStrategy = { suggest: ({ space, rng }) => ({ params: space.sample(rng) }) }
const inFull: Scheduler = { next: ({ history }) => ({ do: 'start', budget: history.fullBudget }) }
const methods: readonly Method[] = [
  { name: 'random', strategy: atRandom, scheduler: inFull },
  { name: 'random, median stop', strategy: atRandom, scheduler: made(medianStop()) },
  { name: 'random, Hyperband', strategy: atRandom, scheduler: made(hyperband()) },
  { name: 'random, ASHA', strategy: atRandom, scheduler: made(asha()) },
  { name: 'random, ASHA r=1', strategy: atRandom, scheduler: made(asha({ firstRung: 1 })) },
  { name: 'bayes', strategy: made(bayes()), scheduler: inFull },
  { name: 'bayes, Hyperband', strategy: made(bayes()), scheduler: made(hyperband()) },
  { name: 'bayes, ASHA', strategy: made(bayes()), scheduler: made(asha()) },
  { name: 'bayes, ASHA r=1', strategy: made(bayes()), scheduler: made(asha({ firstRung: 1 })) },
].filter(({ name }) => flags.methods === '' || flags.methods.split(';').includes(name))

const workers = Number(flags.workers)
const seeds = Array.from({ length: Number(flags.seeds) }, (_, i) => i)
console.log(
  `${tasks.length} tasks, ${seeds.length} seeds, ${workers} at a time: mean normalised regret after the work of ` +
    `${TRAININGS.join(' / ')} full trainings`,
)
console.log(
  ['method'.padEnd(22), 'all'.padStart(18), ...tasks.map((t) => t.name.slice(-18).padStart(18))].join(' '),
)
for (const method of methods) {
  const cells: string[] = []
  const all: number[][] = []
  for (const task of tasks) {
    const own: number[][] = []
    for (const seed of seeds) own.push(await simulate(task, method, { seed, workers, trainings: TRAININGS }))
    all.push(...own)
    cells.push(rowOf(own))
  }
  console.log(
    [method.name.padEnd(22), rowOf(all).padStart(18), ...cells.map((c) => c.padStart(18))].join(' '),
  )
}

function rowOf(regrets: readonly (readonly number[])[]): string {
  return TRAININGS.map((_, i) => mean(regrets.map((r) => r[i]!)).toFixed(3)).join(' ')
}
