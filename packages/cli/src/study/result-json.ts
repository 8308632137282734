import { join } from 'node:path'
import type { StopReason, Study } from '@rondo/core'

/** The last JSON line of a session. */
export function resultJson({ name, state, workedMs }: Study, reason: StopReason, folder?: string): object {
  const { best, trials, finished, spec } = state
  return {
    type: 'result',
    study: name,
    reason,
    trials: trials.length,
    finished,
    workedMs,
    objective: spec.objective,
    ...(best?.value === undefined
      ? {}
      : {
          best: {
            trial: best.number,
            value: best.value,
            epoch: best.bestEpoch,
            params: best.params,
            ...(folder !== undefined && best.model !== undefined ? { path: join(folder, 'best') } : {}),
          },
        }),
  }
}
