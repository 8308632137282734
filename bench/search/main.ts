import { fileURLToPath } from 'node:url'
import type { BayesOptions } from '@rondo/search-bayes'
import { flagsOf } from '../flags.ts'
import { OutcomeCache } from './outcome-cache.ts'
import { missingPeer, PEERS, peerSampler, peerVersions } from './peers.ts'
import type { Problem } from './problem.ts'
import { resultTables, type SamplerResults } from './result-tables.ts'
import { bayesSampler, type Outcome, randomSampler, type Sampler } from './samplers.ts'
import { problemsOfSuite } from './suites.ts'
import { dataFolder } from './tables.ts'

const flags = flagsOf(import.meta.url, {
  seeds: { type: 'string', default: '30' },
  first: { type: 'string', default: '0' },
  parallel: { type: 'string', default: '1,4' },
  suite: { type: 'string', default: 'tables' },
  problems: { type: 'string', default: '' },
  samplers: { type: 'string', default: 'random,bayes' },
  bayes: { type: 'string', default: '{}' },
  peers: { type: 'boolean', default: false },
  stored: { type: 'boolean', default: false },
  until: { type: 'string', default: '50' },
  cache: { type: 'string' },
})
/** Outcomes of the peers, measured once. */
const STORED = fileURLToPath(new URL('data/peers.jsonl', import.meta.url))
const STORED_VERSIONS = 'optuna 5.0.0, torch 2.15.0, bayesian-optimization 3.4.0 (stored outcomes)'
/** The budget that samplers plan for. */
const TRIALS = 50
const until = Math.min(Number(flags.until), TRIALS)
const checkpoints = [15, 30, TRIALS].filter((n) => n <= until)
if (checkpoints.length === 0) {
  console.error(`--until ${flags.until} ends before the first score, after 15 trials.`)
  process.exit(1)
}
const seeds = Array.from({ length: Number(flags.seeds) }, (_, i) => Number(flags.first) + i)

const problems = await problemsOfSuite(flags.suite, flags.problems)
if (problems.length === 0) {
  const named = flags.problems === '' ? '' : ` whose names contain “${flags.problems}”`
  console.error(
    flags.suite === 'tables'
      ? `No tables${named} in ${dataFolder()}. Set RONDO_HPO_DATA to the folder that holds hpobench-*.json and hpolib-*.json.`
      : `No problems${named} in the suite “${flags.suite}”; there are tables, synthetic and mixed.`,
  )
  process.exit(1)
}
const samplers = flags.samplers.split(',').map(samplerOf)
if (flags.peers) {
  for (const name of Object.keys(PEERS)) {
    const missing = flags.stored ? undefined : missingPeer(name)
    if (missing !== undefined) {
      console.error(missing)
      process.exit(1)
    }
    if (!samplers.some((s) => s.name === name)) samplers.push(samplerOf(name))
  }
}

function samplerOf(name: string): Sampler {
  if (name === 'random') return randomSampler
  if (name in PEERS) return flags.stored ? storedSampler(name) : peerSampler(name)
  if (!name.startsWith('bayes')) {
    console.error(
      `No sampler ${name}: there are random, bayes (or bayes-ANYTHING) and ${Object.keys(PEERS).join(', ')}.`,
    )
    process.exit(1)
  }
  return bayesSampler(
    flags.bayes === '{}' ? name : `${name} ${flags.bayes}`,
    JSON.parse(flags.bayes) as BayesOptions,
  )
}

/** Of a peer that is not run: what is not stored is an error. */
function storedSampler(name: string): Sampler {
  return {
    name,
    run: ({ problem, seed, parallel }) => {
      throw new Error(
        `No outcome of ${name} on ${problem.name} with seed ${seed}, ${parallel} in parallel, is stored. ` +
          'Ask for fewer --seeds or --problems, or leave out --stored to run it.',
      )
    },
  }
}

const outcomes = new OutcomeCache<Outcome>(flags.cache, flags.stored ? STORED : undefined)

async function outcomeOf(
  sampler: Sampler,
  parallel: number,
  problem: Problem,
  seed: number,
): Promise<Outcome> {
  const key = `${sampler.name}/${parallel}/${problem.name}/${seed}`
  const run = (): Promise<Outcome> => sampler.run({ problem, seed, parallel, trials: TRIALS, checkpoints })
  if (until === TRIALS) return outcomes.get(key, run)
  // A whole run began as one that is broken off does.
  const whole = outcomes.known(key)
  if (whole !== undefined) return { ...whole, regrets: whole.regrets.slice(0, checkpoints.length) }
  return outcomes.get(`${key}/until ${checkpoints.at(-1)}`, run)
}

const versions = flags.stored ? STORED_VERSIONS : peerVersions(samplers.map(({ name }) => name))
if (versions !== '') console.log(versions)
for (const parallel of flags.parallel.split(',').map(Number)) {
  const results: SamplerResults[] = []
  for (const sampler of samplers) {
    const byProblem: Outcome[][] = []
    for (const problem of problems) {
      const own: Outcome[] = []
      for (const seed of seeds) own.push(await outcomeOf(sampler, parallel, problem, seed))
      byProblem.push(own)
    }
    results.push({ name: sampler.name, byProblem })
  }
  const names = problems.map(({ name }) => name)
  console.log(`\n${parallel} in parallel; ${names.length} problems, ${seeds.length} seeds each`)
  console.log(resultTables(results, names, checkpoints))
}
for (const sampler of samplers) sampler.close?.()
