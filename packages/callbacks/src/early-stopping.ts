import { CALLBACK, type Callback, count, definePlugin, type Objective, type Plugin } from '@rondo/core'
import { z } from 'zod'
import { improves } from './improvement.ts'

/** Options of {@link earlyStopping}. */
export interface EarlyStoppingOptions {
  /** Epochs without a better value after which training ends, at least 1; 8 where absent. */
  readonly patience?: number
  /** What counts as better, in the objective's units; 0 where absent. */
  readonly minDelta?: number
}

const schema = z.strictObject({
  patience: z.int().min(1).optional(),
  minDelta: z.number().min(0).optional(),
})

/**
 * Ends a fold's training when the objective has not got better for `patience` epochs. The weights of the best epoch
 * are what the trial keeps.
 */
export const earlyStopping = (options: EarlyStoppingOptions = {}): Plugin<readonly Callback[]> =>
  definePlugin({
    name: 'early-stopping',
    provides: CALLBACK,
    scope: 'fold',
    options,
    schema,
    create: () => create(options),
  })

interface State {
  /** The best value, whatever `minDelta`. */
  readonly best: number | null
  /** The value that the next must beat by `minDelta`. */
  readonly reference: number | null
  /** Epochs since {@link State.reference}. */
  readonly waited: number
}

function create({ patience = 8, minDelta = 0 }: EarlyStoppingOptions): Callback {
  let objective: Objective
  let state: State = { best: null, reference: null, waited: 0 }
  return {
    name: 'early-stopping',
    onFoldStart(start) {
      objective = start.objective
    },
    onEpochEnd({ value }, control) {
      let { best, reference, waited } = state
      if (improves(objective, value, best ?? undefined)) {
        best = value
        control.keepBest()
      }
      if (improves(objective, value, reference ?? undefined, minDelta)) {
        reference = value
        waited = 0
      } else {
        waited++
      }
      state = { best, reference, waited }
      if (waited >= patience)
        control.stop(`${objective.metric} has not improved for ${count(waited, 'epoch')}`)
    },
    state: () => ({ ...state }),
    restore(saved) {
      state = saved as unknown as State
    },
  }
}
