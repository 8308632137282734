import { CALLBACK, type Callback, definePlugin, type Objective, type Plugin } from '@rondo/core'
import { improves } from './improvement.ts'

/**
 * Keeps the weights of the epoch with the best objective. They are in every checkpoint, and are what the trial saves,
 * whatever the last epochs did.
 */
export const checkpointBest = (): Plugin<readonly Callback[]> =>
  definePlugin({ name: 'checkpoint-best', provides: CALLBACK, scope: 'fold', create })

function create(): Callback {
  let objective: Objective
  let best: number | undefined
  return {
    name: 'checkpoint-best',
    onFoldStart(start) {
      objective = start.objective
    },
    onEpochEnd({ value }, control) {
      if (!improves(objective, value, best)) return
      best = value
      control.keepBest()
    },
    state: () => best ?? null,
    restore(saved) {
      best = (saved as number | null) ?? undefined
    },
  }
}
