import type { StudyState, TrialView } from '@rondo/core'
import { count } from '../terminal/quantities.ts'
import type { ShownState, StateOf } from './shown-state.ts'

const ORDER: readonly ShownState[] = [
  'completed',
  'stopped',
  'failed',
  'paused',
  'running',
  'interrupted',
  'queued',
]

/** Trials against their limit, which does not count those by hand. */
export interface TrialAccount {
  /** Trials that the search has begun. */
  readonly searched: number
  readonly byHand: number
  /** How many the search is to begin, where that is limited. */
  readonly limit?: number
}

/** How many trials a study has, of how many. */
export function trialAccount({
  trials,
  byHand,
  limits,
}: Pick<StudyState, 'trials' | 'byHand' | 'limits'>): TrialAccount {
  const { trials: limit } = limits
  return { searched: trials.length - byHand, byHand, ...(limit !== undefined && { limit }) }
}

/** `4 of 6 trials and 1 by hand`; without the limit where it is reached. */
export function accountInWords({ searched, byHand, limit }: TrialAccount): string {
  const begun =
    limit === undefined || limit === searched
      ? count(searched, 'trial')
      : `${searched} of ${count(limit, 'trial')}`
  return begun + handsInWords(byHand)
}

/** The same in short: `4/6 and 1 by hand`. */
export const accountInShort = ({ searched, byHand, limit }: TrialAccount): string =>
  searched + (limit === undefined ? '' : `/${limit}`) + handsInWords(byHand)

const handsInWords = (byHand: number): string => (byHand === 0 ? '' : ` and ${byHand} by hand`)

/** How many trials are in which state: `27 completed, 3 failed`. */
export function statesInWords(trials: readonly TrialView[], stateOf: StateOf): string {
  const words = ORDER.map(
    (state) => [trials.filter((trial) => stateOf(trial) === state).length, state] as const,
  )
    .filter(([n]) => n > 0)
    .map(([n, state]) => `${n} ${state}`)
    .join(', ')
  return words === '' ? 'none' : words
}
