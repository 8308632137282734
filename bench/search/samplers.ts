import { deriveRng, type SearchStrategy } from '@rondo/core'
import { type BayesOptions, bayes } from '@rondo/search-bayes'
import type { Problem } from './problem.ts'
import { SimulatedHistory } from './simulated-history.ts'

/** One run of a sampler on a problem. */
export interface Run {
  readonly problem: Problem
  readonly seed: number
  /** The budget that the sampler plans for. */
  readonly trials: number
  /** Trials under way at a time; all take equally long. */
  readonly parallel: number
  /** After how many trials the recommendation is scored, ascending; with the last the run ends. */
  readonly checkpoints: readonly number[]
}

/** Regrets of what was recommended at each checkpoint, and the mean milliseconds that a suggestion took. */
export interface Outcome {
  readonly regrets: readonly number[]
  readonly suggestMs: number
}

export interface Sampler {
  readonly name: string
  run(run: Run): Promise<Outcome>
  /** Ends what it keeps between runs. */
  close?(): void
}

/** Configurations drawn at random; the best measured is recommended. */
export const randomSampler: Sampler = {
  name: 'random',
  run: (run) =>
    simulate(run, {
      suggest: ({ space, history, rng }) => {
        for (;;) {
          const params = space.sample(rng)
          if (!history.hasTried(params)) return { params }
        }
      },
    }),
}

/** `bayes` with options. */
export function bayesSampler(name: string, options: BayesOptions): Sampler {
  return { name, run: (run) => simulate(run, bayes(options).create() as SearchStrategy) }
}

async function simulate(
  { problem, seed, trials, parallel, checkpoints }: Run,
  strategy: SearchStrategy,
): Promise<Outcome> {
  const until = checkpoints.at(-1)!
  const history = new SimulatedHistory(problem.space, problem.objective, trials)
  const looks = new Map<string, number>()
  const regrets: number[] = []
  let spent = 0
  let finished = 0
  const finishNext = (): void => {
    const { params } = history.trials[finished]!
    const key = problem.space.keyOf(params)
    const repeat = looks.get(key) ?? 0
    looks.set(key, repeat + 1)
    history.finish(finished++, problem.measure(params, seed, repeat))
    if (!checkpoints.includes(finished)) return
    const { best } = history
    regrets.push(best === undefined ? 1 : problem.regret(best.params))
  }
  for (let trial = 0; trial < until; trial++) {
    if (trial - finished === parallel) finishNext()
    const begun = performance.now()
    const suggestion = await strategy.suggest({
      space: problem.space,
      objective: problem.objective,
      history,
      trial,
      rng: deriveRng({ seed, trial, purpose: 'suggest' }),
    })
    spent += performance.now() - begun
    if (typeof suggestion === 'string') break
    history.start(suggestion.params, suggestion.memo, suggestion.replicateOf)
  }
  while (finished < history.trials.length) finishNext()
  while (regrets.length < checkpoints.length) regrets.push(regrets.at(-1) ?? 1)
  return { regrets, suggestMs: spent / until }
}
