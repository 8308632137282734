import {
  deriveRng,
  type History,
  type Json,
  minimize,
  type Params,
  type Plugin,
  type Rng,
  SEARCH_STRATEGY,
  type SearchStrategy,
  type Space,
  type Suggestion,
  type SuggestRequest,
  type TrialView,
} from '@rondo/core'
import { mustHold, mustNotThrow, show } from '../broken-rule.ts'
import { withInstance } from '../make-instance.ts'
import { completedTrial, type HistoryFrame, historyOf, simulatedValue } from '../trials.ts'

/** Numbers that one suggestion may draw: enough for any sensible one, and an end to rejection without end. */
const MOST_DRAWS = 10_000_000

/** What a strategy is asked by the checks. */
export interface Setting extends HistoryFrame {
  readonly seed: number
}

export function settingOf(space: Space, trialLimit = 30): Setting {
  return { space, objective: minimize('val_mae'), trialLimit, fullBudget: { epochs: 1, folds: 1 }, seed: 7 }
}

/** The request for the trial after `trials`. Made anew at each call, with a generator of its own. */
export function requestFor(setting: Setting, trials: readonly TrialView[]): SuggestRequest {
  const trial = trials.length
  const history: History = historyOf(trials, setting)
  const rng = countedRng(deriveRng({ seed: setting.seed, trial, purpose: 'suggest' }))
  return { space: setting.space, objective: setting.objective, history, trial, rng }
}

/** Asks once; what comes back has the form of an answer. */
export async function ask(strategy: SearchStrategy, request: SuggestRequest): Promise<Suggestion> {
  const suggestion: Suggestion = await mustNotThrow(
    `A strategy must answer every history (this one has ${request.trial} trials)`,
    async () => strategy.suggest(request),
  )
  mustHold(
    suggestion === 'wait' ||
      suggestion === 'exhausted' ||
      (isObject(suggestion) && isObject(suggestion.params)),
    'A strategy must answer with { params }, “wait” or “exhausted”',
    () =>
      `for trial ${request.trial} it answered ${show(suggestion)}${isBare(suggestion) ? ', which looks like params without { params: … } around them' : ''}`,
  )
  return suggestion
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether it has values by name, as params have. */
const isBare = (suggestion: unknown): boolean =>
  isObject(suggestion) && !('params' in suggestion) && Object.keys(suggestion).length > 0

/** Asks where nothing is running, so that `wait` would wait for ever. */
export async function askForParams(
  strategy: SearchStrategy,
  request: SuggestRequest,
): Promise<Exclude<Suggestion, string>> {
  const suggestion = await ask(strategy, request)
  mustHold(
    suggestion !== 'wait',
    'A strategy must not wait when nothing is running',
    () => `for trial ${request.trial} it answered “wait”`,
  )
  mustHold(
    suggestion !== 'exhausted',
    'A strategy must say “exhausted” only when a finite space has no configuration left',
    () => `it did for trial ${request.trial} of a space of ${request.space.size} configurations`,
  )
  return suggestion
}

/** The trial that a suggestion becomes, its memo read back from the log. */
export function trialOf(
  setting: Setting,
  number: number,
  suggestion: Exclude<Suggestion, string>,
  value = simulatedValue(setting.space, suggestion.params),
): TrialView {
  return completedTrial(number, suggestion.params, value, setting, remembered(suggestion))
}

/** What the log keeps of a suggestion besides its params. */
export function remembered({ memo, replicateOf }: Exclude<Suggestion, string>): Partial<TrialView> {
  return {
    ...(memo === undefined ? {} : { memo: JSON.parse(JSON.stringify(memo)) as Json }),
    ...(replicateOf === undefined ? {} : { replicateOf }),
  }
}

/** Lets one strategy suggest `count` trials one after another. */
export async function study(
  strategy: SearchStrategy,
  setting: Setting,
  count: number,
  onSuggestion: (params: Params, suggestion: Exclude<Suggestion, string>, trial: number) => void = () => {},
): Promise<readonly TrialView[]> {
  const trials: TrialView[] = []
  while (trials.length < count) {
    const suggestion = await askForParams(strategy, requestFor(setting, trials))
    onSuggestion(suggestion.params, suggestion, trials.length)
    trials.push(trialOf(setting, trials.length, suggestion))
  }
  return trials
}

/** Makes a strategy for a space, as a study would. */
export function withStrategy<R>(
  makePlugin: () => Plugin<SearchStrategy>,
  { space }: { readonly space: Space },
  use: (strategy: SearchStrategy) => Promise<R>,
): Promise<R> {
  return withInstance(makePlugin(), SEARCH_STRATEGY, use, { space })
}

function countedRng(rng: Rng): Rng {
  let left = MOST_DRAWS
  const count = <A extends readonly unknown[], R>(draw: (...args: A) => R, cost: (...args: A) => number) => {
    return (...args: A): R => {
      left -= cost(...args)
      mustHold(
        left >= 0,
        'A strategy must come to an answer in bounded work',
        () => `one suggestion drew more than ${MOST_DRAWS} random numbers`,
      )
      return draw(...args)
    }
  }
  return {
    uniform: count(rng.uniform, () => 1),
    uint32: count(rng.uint32, () => 1),
    integer: count(rng.integer, () => 1),
    normal: count(rng.normal, () => 1),
    permutation: count(rng.permutation, (n) => n),
  }
}
