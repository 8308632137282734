import type { TrialState, TrialView } from '@rondo/core'

const ORDER: readonly TrialState[] = ['completed', 'stopped', 'failed', 'paused', 'running', 'queued']

/** How many trials are in which state: `27 completed, 3 failed`. */
export function trialCounts(trials: readonly TrialView[]): {
  readonly total: number
  readonly words: string
} {
  const words = ORDER.map((state) => [trials.filter((trial) => trial.state === state).length, state] as const)
    .filter(([n]) => n > 0)
    .map(([n, state]) => `${n} ${state}`)
    .join(', ')
  return { total: trials.length, words: words === '' ? 'none' : words }
}
