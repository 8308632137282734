import type { History, Params, Space } from '@rondo/core'

/** A configuration that was tried, with all its trials: the first and its replicates. */
export interface Configuration {
  readonly params: Params
  /** The number of its first trial. */
  readonly trial: number
  /** Values of its trials that have one. */
  readonly values: readonly number[]
  /** Mean of {@link Configuration.values}; NaN where it failed; absent where nothing is known yet. */
  readonly value?: number
}

/** The configurations of a history, in the order of their first trials. */
export function configurationsOf(history: History, space: Space): Configuration[] {
  const byKey = new Map<string, { params: Params; trial: number; values: number[]; failed: boolean }>()
  for (const trial of history.trials) {
    const key = space.keyOf(trial.params)
    let known = byKey.get(key)
    if (known === undefined) {
      known = { params: trial.params, trial: trial.number, values: [], failed: false }
      byKey.set(key, known)
    }
    if (trial.value !== undefined) known.values.push(trial.value)
    else if (trial.state === 'failed' || trial.state === 'completed' || trial.state === 'stopped')
      known.failed = true
  }
  return [...byKey.values()].map(({ params, trial, values, failed }) => {
    const value =
      values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : failed ? Number.NaN : undefined
    return { params, trial, values, ...(value === undefined ? {} : { value }) }
  })
}
