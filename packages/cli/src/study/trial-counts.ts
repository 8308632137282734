import type { TrialView } from '@rondo/core'
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

/** How many trials are in which state: `27 completed, 3 failed`. */
export function trialCounts(
  trials: readonly TrialView[],
  stateOf: StateOf,
): {
  readonly total: number
  readonly words: string
} {
  const words = ORDER.map(
    (state) => [trials.filter((trial) => stateOf(trial) === state).length, state] as const,
  )
    .filter(([n]) => n > 0)
    .map(([n, state]) => `${n} ${state}`)
    .join(', ')
  return { total: trials.length, words: words === '' ? 'none' : words }
}
