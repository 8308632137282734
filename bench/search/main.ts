import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { BayesOptions } from '@rondo/search-bayes'
import { missingPeer, PEERS, peerSampler } from './peers.ts'
import { dataFolder, type Problem, tabularProblems } from './problems.ts'
import { bayesSampler, type Outcome, randomSampler, type Sampler } from './samplers.ts'
import { bootstrapInterval, mean } from './statistics.ts'
import { syntheticProblems } from './synthetic.ts'

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '30' },
    first: { type: 'string', default: '0' },
    parallel: { type: 'string', default: '1,4' },
    suite: { type: 'string', default: 'tables' },
    problems: { type: 'string', default: '' },
    samplers: { type: 'string', default: 'random,bayes' },
    bayes: { type: 'string', default: '{}' },
    peers: { type: 'boolean', default: false },
    cache: { type: 'string' },
  },
})
const CHECKPOINTS = [15, 30, 50]
const seeds = Array.from({ length: Number(flags.seeds) }, (_, i) => Number(flags.first) + i)

const problems =
  flags.suite === 'synthetic' ? syntheticProblems(flags.problems) : tabularProblems(flags.problems)
if (problems.length === 0) {
  console.error(
    `No tables in ${dataFolder()}. Set RONDO_HPO_DATA to the folder that holds hpobench-*.json and hpolib-*.json.`,
  )
  process.exit(1)
}
const samplers = flags.samplers.split(',').map(samplerOf)
if (flags.peers) {
  for (const name of Object.keys(PEERS)) {
    const missing = missingPeer(name)
    if (missing !== undefined) {
      console.error(missing)
      process.exit(1)
    }
    if (!samplers.some((s) => s.name === name)) samplers.push(peerSampler(name))
  }
}

function samplerOf(name: string): Sampler {
  if (name === 'random') return randomSampler
  if (name in PEERS) return peerSampler(name)
  return bayesSampler(name, JSON.parse(flags.bayes) as BayesOptions)
}

/** Outcomes by sampler, concurrency, problem and seed; kept in a file where one is named, to compare with later. */
const outcomes: Record<string, Outcome> =
  flags.cache !== undefined && existsSync(flags.cache)
    ? (JSON.parse(readFileSync(flags.cache, 'utf8')) as Record<string, Outcome>)
    : {}

async function outcomeOf(
  sampler: Sampler,
  parallel: number,
  problem: Problem,
  seed: number,
): Promise<Outcome> {
  const key = `${sampler.name}/${parallel}/${problem.name}/${seed}`
  const known = outcomes[key]
  if (known !== undefined) return known
  const outcome = await sampler.run({
    problem,
    seed,
    parallel,
    trials: CHECKPOINTS.at(-1)!,
    checkpoints: CHECKPOINTS,
  })
  outcomes[key] = outcome
  return outcome
}

for (const parallel of flags.parallel.split(',').map(Number)) {
  for (const sampler of samplers) {
    for (const problem of problems)
      for (const seed of seeds) await outcomeOf(sampler, parallel, problem, seed)
    if (flags.cache !== undefined) writeFileSync(flags.cache, JSON.stringify(outcomes))
  }
  await printTable(parallel)
}

async function printTable(parallel: number): Promise<void> {
  console.log(
    `\n${parallel} in parallel, ${seeds.length} seeds; mean normalised regret after 15 / 30 / 50 trials`,
  )
  const columns = ['all', ...problems.map((p) => p.name)]
  console.log(
    ['sampler'.padEnd(14), 'ms'.padStart(6), ...columns.map((c) => c.slice(0, 18).padStart(18))].join(' '),
  )
  const regretsOf = async (sampler: Sampler, of: readonly Problem[]): Promise<Outcome[]> => {
    const all: Outcome[] = []
    for (const problem of of)
      for (const seed of seeds) all.push(await outcomeOf(sampler, parallel, problem, seed))
    return all
  }
  for (const sampler of samplers) {
    const cells: string[] = []
    const everything = await regretsOf(sampler, problems)
    for (const of of [problems, ...problems.map((p) => [p])]) {
      const own = await regretsOf(sampler, of)
      cells.push(CHECKPOINTS.map((_, i) => mean(own.map((o) => o.regrets[i]!)).toFixed(3)).join(' '))
    }
    const ms = mean(everything.map((o) => o.suggestMs)).toFixed(0)
    console.log([sampler.name.padEnd(14), ms.padStart(6), ...cells.map((c) => c.padStart(18))].join(' '))
  }
  const ours = samplers.find((s) => s.name.startsWith('bayes') && !(s.name in PEERS))
  if (ours === undefined) return
  console.log(
    `\nregret of ${ours.name} minus the other’s, paired by problem and seed, with 95 % bootstrap intervals`,
  )
  const own = await regretsOf(ours, problems)
  for (const sampler of samplers) {
    if (sampler === ours) continue
    const other = await regretsOf(sampler, problems)
    const cells = CHECKPOINTS.map((n, i) => {
      const differences = own.map((o, j) => o.regrets[i]! - other[j]!.regrets[i]!)
      const [low, high] = bootstrapInterval(differences)
      return `n=${n}: ${mean(differences).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`
    })
    console.log(`${sampler.name.padEnd(14)} ${cells.join('   ')}`)
  }
}
