import type { History, Params, TrialView } from '@rondo/core'
import { type Configuration, hasPartialBudgets, isOver } from './configurations.ts'
import type { Surrogate } from './surrogate.ts'

/** Repeating begins when so many trials are known. */
const FROM_TRIAL = 30
/** Configurations of the best posterior means that may be repeated. */
const LEADERS = 3
/** A configuration is measured at most so often. */
const MOST_REPEATS = 5
/** Below this noise (standard deviation as a share of the targets') repeating tells nothing. */
const LEAST_NOISE = 0.03

/**
 * The configuration to be measured again with fresh seeds, where that is due: among the leaders by posterior mean the
 * one of which least is known. `undefined` where a new configuration is the better use of the trial.
 *
 * @param allowed Whether a configuration may be repeated.
 */
export function replicateDue(
  { fit, measured, means }: Pick<Surrogate, 'fit' | 'measured' | 'means'>,
  history: History,
  trial: number,
  share: number,
  allowed: (params: Params) => boolean = () => true,
): Configuration | undefined {
  // Due twice as often as the share asks: it is to be used up although repeating begins late.
  if (share === 0 || trial < FROM_TRIAL || trial % Math.round(1 / (2 * share)) !== 0) return undefined
  const planned = Number.isFinite(history.trialLimit) ? history.trialLimit : trial
  const done = history.trials.filter((t) => t.replicateOf !== undefined).length
  if (done + 1 > share * planned) return undefined
  if (Math.exp(fit.theta.at(-1)! / 2) < LEAST_NOISE) return undefined
  // Where a scheduler pauses or stops trials, a repetition costs what trying dozens costs, and tells less (decision 015).
  if (hasPartialBudgets(measured)) return undefined
  const running = new Set(history.trials.filter(isExpected).map((t) => t.replicateOf))
  return measured
    .map((configuration, i) => ({ configuration, mean: means[i]! }))
    .filter(({ configuration, mean }) => Number.isFinite(mean) && allowed(configuration.params))
    .toSorted((a, b) => b.mean - a.mean)
    .slice(0, LEADERS)
    .map(({ configuration }) => configuration)
    .filter((c) => repeatsOf(c) < MOST_REPEATS && !running.has(c.trial))
    .toSorted((a, b) => repeatsOf(a) - repeatsOf(b))[0]
}

/** Whether a first value of a trial is still to come. */
const isExpected = (trial: TrialView): boolean => trial.value === undefined && !isOver(trial)

const repeatsOf = ({ measurements }: Configuration): number => measurements.at(-1)!.values.length
