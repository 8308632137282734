import {
  deriveRng,
  type Expectations,
  type Params,
  type Plugin,
  type PriorMean,
  type SearchStrategy,
  type Space,
  type TrialView,
} from '@rondo/core'
import { brokenRule, isJson, mustHold, mustNotThrow, same, show } from '../broken-rule.ts'
import { jsonOptions } from '../json-options.ts'
import type { Check, MakePlugin, Suite } from '../suite.ts'
import { completedTrial, failedTrial, runningTrial, simulatedValue } from '../trials.ts'
import {
  ask,
  askForParams,
  remembered,
  requestFor,
  type Setting,
  settingOf,
  study,
  trialOf,
  withStrategy,
} from './ask.ts'
import {
  conditional,
  countConfigurations,
  finite,
  finiteSpaces,
  huge,
  infiniteSpaces,
  mixed,
} from './spaces.ts'

type Subject = MakePlugin<Plugin<SearchStrategy>>

/** Trials of a study in a check: past the initial points of a model-based strategy, and soon done. */
const TRIALS = 16

const insideTheSpace: Check<Subject> = {
  name: 'suggests params of the space, conditions included',
  async run(makePlugin) {
    for (const { title, space } of infiniteSpaces) {
      await withStrategy(makePlugin, { space }, (strategy) =>
        study(strategy, settingOf(space), TRIALS, (params) => requireInside(space, params, title)),
      )
    }
  },
}

const constraintsHold: Check<Subject> = {
  name: 'suggests params that satisfy the constraints',
  async run(makePlugin) {
    for (const { title, space } of infiniteSpaces) {
      await withStrategy(makePlugin, { space }, (strategy) =>
        study(strategy, settingOf(space), TRIALS, (params) =>
          mustHold(
            space.satisfies(params),
            'Every suggestion must satisfy the constraints of the space',
            () => `in the space with ${title} it suggested ${show(params)}`,
          ),
        ),
      )
    }
  },
}

const functionOfRequest: Check<Subject> = {
  name: 'is a function of its request',
  async run(makePlugin) {
    for (const { title, space } of [...infiniteSpaces, finite]) {
      const setting = settingOf(space)
      await withStrategy(makePlugin, { space }, async (strategy) => {
        const trials: TrialView[] = []
        while (trials.length < Math.min(TRIALS, space.size)) {
          const once = await askForParams(strategy, requestFor(setting, trials))
          const again = await askForParams(strategy, requestFor(setting, trials))
          mustHold(
            same(once, again),
            'A strategy must be a function of its request',
            () =>
              `called twice with the same request for trial ${trials.length} (${title}) it gave ${show(once)}, then ${show(again)}`,
          )
          trials.push(trialOf(setting, trials.length, once))
        }
      })
    }
  },
}

const noState: Check<Subject> = {
  name: 'keeps no state but the history',
  async run(makePlugin) {
    for (const { title, space } of [mixed, conditional, finite]) {
      const setting = settingOf(space)
      const count = Math.min(10, space.size)
      const kept = await withStrategy(makePlugin, { space }, (strategy) => study(strategy, setting, count))
      for (let n = 0; n < count; n++) {
        const fresh = await withStrategy(makePlugin, { space }, (strategy) =>
          askForParams(strategy, requestFor(setting, kept.slice(0, n))),
        )
        mustHold(
          same(fresh.params, kept[n]!.params) && same(remembered(fresh).memo, kept[n]!.memo),
          'A strategy must depend on nothing but its request',
          () =>
            `for trial ${n} (${title}) one that had suggested the trials before gave ${show(kept[n]!.params)}, a new one with the same history ${show(fresh.params)} (or another memo)`,
        )
      }
    }
  },
}

const changesNothing: Check<Subject> = {
  name: 'changes nothing in its request',
  async run(makePlugin) {
    const { space } = mixed
    // Histories are frozen: whoever changes one throws a TypeError.
    await withStrategy(makePlugin, { space }, async (strategy) => {
      const setting = settingOf(space)
      const trials = sampledTrials(setting, 12)
      await mustNotThrow('A strategy must not change its history', async () =>
        strategy.suggest(requestFor(setting, trials)),
      )
    })
  },
}

const noRepetition: Check<Subject> = {
  name: 'does not repeat a configuration, unless as a replicate that it names',
  async run(makePlugin) {
    for (const { title, space } of [...infiniteSpaces, finite]) {
      const setting = settingOf(space)
      const count = Math.min(TRIALS, space.size)
      const seen = new Map<string, number>()
      await withStrategy(makePlugin, { space }, (strategy) =>
        study(strategy, setting, count, (params, suggestion, trial) =>
          requireNew(space, seen, { ...suggestion, params, trial }, title),
        ),
      )
    }
  },
}

const pendingCount: Check<Subject> = {
  name: 'does not suggest again what is running',
  async run(makePlugin) {
    const { space } = finite
    const setting = settingOf(space)
    await withStrategy(makePlugin, { space }, async (strategy) => {
      const trials: TrialView[] = []
      const seen = new Map<string, number>()
      while (trials.length < space.size) {
        const suggestion = await ask(strategy, requestFor(setting, trials))
        // A strategy may wait for results, and it may want to end early; what it suggests must be new.
        if (typeof suggestion === 'string') break
        requireNew(space, seen, { ...suggestion, trial: trials.length }, 'with all trials running')
        trials.push(runningTrial(trials.length, suggestion.params, setting, remembered(suggestion)))
      }
      mustHold(
        trials.length > 0,
        'A strategy must not wait when nothing is running',
        () => 'it had no params for the first trial',
      )
    })
  },
}

const exhausts: Check<Subject> = {
  name: 'goes through a finite space once, then says so',
  async run(makePlugin) {
    for (const { title, space } of finiteSpaces) {
      const setting = settingOf(space, Number.POSITIVE_INFINITY)
      const all = countConfigurations(space)
      await withStrategy(makePlugin, { space }, async (strategy) => {
        const trials: TrialView[] = []
        const seen = new Set<string>()
        // Replicates make it longer, not endless.
        for (let asked = 0; asked < 4 * all + 10; asked++) {
          const suggestion = await ask(strategy, requestFor(setting, trials))
          if (suggestion === 'exhausted') {
            mustHold(
              seen.size === all,
              'A strategy must say “exhausted” only when a finite space has no configuration left',
              () => `in the space with ${title} it did after ${seen.size} of ${all}`,
            )
            return
          }
          mustHold(
            suggestion !== 'wait',
            'A strategy must not wait when nothing is running',
            () => `it did after ${seen.size} of ${all} configurations (${title})`,
          )
          requireInside(space, suggestion.params, title)
          seen.add(space.keyOf(suggestion.params))
          trials.push(trialOf(setting, trials.length, suggestion))
        }
        throw brokenRule(
          'A strategy must say “exhausted” when a finite space has no configuration left',
          `in the space with ${title} it still suggested params after ${trials.length} trials of ${all} configurations`,
        )
      })
    }
  },
}

const survivesFailures: Check<Subject> = {
  name: 'goes on after failed trials',
  async run(makePlugin) {
    const { space } = mixed
    const setting = settingOf(space)
    const params = sampledParams(space, 12)
    const allFailed = params.map((each, i) => failedTrial(i, each, setting))
    const halfFailed = params.map((each, i) =>
      i % 2 === 0 ? failedTrial(i, each, setting) : trialOf(setting, i, { params: each }),
    )
    await withStrategy(makePlugin, { space }, async (strategy) => {
      for (const trials of [allFailed, halfFailed]) {
        const { params: next } = await askForParams(strategy, requestFor(setting, trials))
        requireInside(space, next, 'after failed trials')
      }
    })
  },
}

const survivesValues: Check<Subject> = {
  name: 'goes on after NaN, infinite, huge and equal values',
  async run(makePlugin) {
    const { space } = mixed
    const setting = settingOf(space)
    const params = sampledParams(space, 12)
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number
    const courses: readonly (readonly number[])[] = [
      [nan, inf, -inf],
      [nan, 1, inf, 2, -inf, 3],
      [1e300, -1e300, 1e-300, 0, -0],
      [5],
    ]
    await withStrategy(makePlugin, { space }, async (strategy) => {
      for (const values of courses) {
        const trials = params.map((each, i) => completedTrial(i, each, values[i % values.length]!, setting))
        const { params: next } = await askForParams(strategy, requestFor(setting, trials))
        requireInside(space, next, `after trials of the values ${values.join(', ')}`)
      }
    })
  },
}

const takesForeignTrials: Check<Subject> = {
  name: 'takes trials that it did not suggest',
  async run(makePlugin) {
    for (const { title, space } of [mixed, conditional, huge]) {
      const setting = settingOf(space)
      const untuned = space.defaults()!
      const others = sampledParams(space, 6)
      const trials: TrialView[] = [
        completedTrial(0, untuned, 1, setting, { origin: 'default' }),
        ...others.map((params, i) => completedTrial(i + 1, params, i, setting, { origin: 'enqueued' })),
        runningTrial(others.length + 1, sampledParams(space, 7)[6]!, setting, { origin: 'enqueued' }),
      ]
      await withStrategy(makePlugin, { space }, async (strategy) => {
        const suggestion = await ask(strategy, requestFor(setting, trials))
        if (typeof suggestion === 'object') requireInside(space, suggestion.params, title)
      })
    }
  },
}

const manyTrials: Check<Subject> = {
  name: 'suggests after 1,000 trials in bounded work',
  async run(makePlugin) {
    const { space } = mixed
    const setting = settingOf(space, 1100)
    const trials = [...sampledTrials(setting, 1000)]
    await withStrategy(makePlugin, { space }, async (strategy) => {
      for (let i = 0; i < 3; i++) {
        const suggestion = await askForParams(strategy, requestFor(setting, trials))
        requireInside(space, suggestion.params, 'after 1,000 trials')
        trials.push(trialOf(setting, trials.length, suggestion))
      }
    })
  },
}

const expects: Check<Subject> = {
  name: 'expects, if anything, numbers of trials that there are, as a function of its request',
  async run(makePlugin) {
    const { space } = mixed
    const setting: Setting = { ...settingOf(space), fullBudget: { epochs: 9, folds: 1 } }
    const priorMean: PriorMean = (params, fidelity) => fidelity - simulatedValue(space, params)
    await withStrategy(makePlugin, { space }, async (strategy) => {
      if (strategy.expectations === undefined) return
      const trials: TrialView[] = []
      while (trials.length < TRIALS) {
        for (const prior of [undefined, priorMean]) requireExpectations(strategy, setting, trials, prior)
        const suggestion = await askForParams(strategy, { ...requestFor(setting, trials), priorMean })
        const number = trials.length
        trials.push(
          number % 5 === 4
            ? failedTrial(number, suggestion.params, setting, remembered(suggestion))
            : { ...trialOf(setting, number, suggestion), ...(number % 3 === 0 ? {} : PAUSED) },
        )
      }
    })
  },
}

/** A trial that was paused after an epoch. */
const PAUSED = {
  state: 'paused',
  legs: [{ budget: { epochs: 1, folds: 1 }, tags: {}, state: 'done' }],
  reached: { epochs: 1, folds: 1 },
} as const

const jsonMemo: Check<Subject> = {
  name: 'has JSON for memos',
  async run(makePlugin) {
    const { space } = mixed
    await withStrategy(makePlugin, { space }, (strategy) =>
      study(strategy, settingOf(space), TRIALS, (_, { memo }) =>
        mustHold(
          isJson(memo),
          'A memo must be JSON, because it is kept in the log',
          () => `it is ${show(memo)}`,
        ),
      ),
    )
  },
}

/** Rules for every search strategy. The subject makes the plugin with the options to be checked. */
export const searchStrategySuite: Suite<Subject> = {
  name: 'search strategy',
  checks: [
    insideTheSpace,
    constraintsHold,
    functionOfRequest,
    noState,
    changesNothing,
    noRepetition,
    pendingCount,
    exhausts,
    survivesFailures,
    survivesValues,
    takesForeignTrials,
    manyTrials,
    expects,
    jsonMemo,
    jsonOptions,
  ],
}

function requireInside(space: Space, params: Params, title: string): void {
  try {
    space.validate(params)
  } catch (error) {
    throw brokenRule(
      'Every suggestion must lie in the space',
      `${show(params)} does not (${title}): ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function requireExpectations(
  strategy: SearchStrategy,
  setting: Setting,
  trials: readonly TrialView[],
  priorMean: PriorMean | undefined,
): void {
  const ask = (): Expectations | undefined => {
    const { space, history, objective } = requestFor(setting, trials)
    return strategy.expectations?.({ space, objective, history, ...(priorMean && { priorMean }) })
  }
  let expected: Expectations | undefined
  try {
    expected = ask()
  } catch (error) {
    throw brokenRule(
      'A strategy must answer when it is asked what it expects of the trials',
      `of ${trials.length} it threw ${String(error)}`,
    )
  }
  if (expected === undefined) return
  mustHold(
    (expected as unknown) instanceof Map,
    'What a strategy expects of the trials must be a Map of their numbers to numbers, at once, or undefined',
    () => `it is ${(expected as unknown) instanceof Promise ? 'a promise' : show(expected)}`,
  )
  for (const [trial, value] of expected) {
    mustHold(
      typeof value === 'number' &&
        !Number.isNaN(value) &&
        Number.isInteger(trial) &&
        trials[trial] !== undefined,
      'A strategy must expect numbers of trials that there are',
      () => `of ${trials.length} trials it expects ${show(value)} of trial ${show(trial)}`,
    )
  }
  mustHold(
    same([...expected], [...(ask() ?? [])]),
    'What a strategy expects must be a function of its request',
    () => `asked twice about ${trials.length} trials it expects two things`,
  )
}

/** @param seen The keys of earlier params, with the first trial that had them. */
function requireNew(
  space: Space,
  seen: Map<string, number>,
  suggested: { readonly params: Params; readonly replicateOf?: number; readonly trial: number },
  title: string,
): void {
  const { params, replicateOf, trial } = suggested
  const key = space.keyOf(params)
  const first = seen.get(key)
  if (first === undefined) seen.set(key, trial)
  if (replicateOf !== undefined) {
    mustHold(
      first !== undefined && first <= replicateOf && replicateOf < trial,
      'A replicate must have the params of the trial that it names',
      () => `${show(params)} are not those of trial ${replicateOf} (${title})`,
    )
    return
  }
  mustHold(
    first === undefined,
    'A configuration that was suggested must not be suggested again',
    () => `${show(params)} of trial ${trial} were trial ${first} already (${title})`,
  )
}

function sampledParams(space: Space, count: number): readonly Params[] {
  return Array.from({ length: count }, (_, i) =>
    space.sample(deriveRng({ seed: 3, trial: i, purpose: 'sample' })),
  )
}

function sampledTrials(setting: Setting, count: number): readonly TrialView[] {
  return sampledParams(setting.space, count).map((params, i) => ({
    ...trialOf(setting, i, { params }),
    // They carry no memo, as trials that a user enqueued.
    origin: 'enqueued' as const,
  }))
}
