import { CALLBACK, type Callback, definePlugin, type Objective, type Plugin } from '@rondo/core'
import { z } from 'zod'
import { improves } from './improvement.ts'

/** Options of {@link reduceOnPlateau}. */
export interface ReduceOnPlateauOptions {
  /** What the learning rate is multiplied by, in (0, 1); .5 where absent. */
  readonly factor?: number
  /** Epochs without a better value before it is reduced, at least 1; 4 where absent. */
  readonly patience?: number
  /** What counts as better, in the objective's units; 0 where absent. */
  readonly minDelta?: number
  /** Epochs after a reduction that do not count; 0 where absent. */
  readonly cooldown?: number
  /** The learning rate is not reduced below this; 1e-6 where absent. */
  readonly minLearningRate?: number
}

const schema = z.strictObject({
  factor: z.number().gt(0).lt(1).optional(),
  patience: z.int().min(1).optional(),
  minDelta: z.number().min(0).optional(),
  cooldown: z.int().min(0).optional(),
  minLearningRate: z.number().min(0).optional(),
})

/**
 * Multiplies the learning rate by `factor` when the objective has not got better for `patience` epochs. Not to be
 * combined with {@link learningRateSchedule}, which sets the rate at every update.
 */
export const reduceOnPlateau = (options: ReduceOnPlateauOptions = {}): Plugin<readonly Callback[]> =>
  definePlugin({
    name: 'reduce-on-plateau',
    provides: CALLBACK,
    scope: 'fold',
    options,
    schema,
    create: () => create(options),
  })

interface State {
  readonly best: number | null
  readonly waited: number
  /** Epochs left that do not count. */
  readonly resting: number
}

function create(options: ReduceOnPlateauOptions): Callback {
  const { factor = 0.5, patience = 4, minDelta = 0, cooldown = 0, minLearningRate = 1e-6 } = options
  let objective: Objective
  let state: State = { best: null, waited: 0, resting: 0 }
  return {
    name: 'reduce-on-plateau',
    onFoldStart(start) {
      objective = start.objective
    },
    onEpochEnd({ value }, control) {
      const resting = Math.max(0, state.resting - 1)
      if (improves(objective, value, state.best ?? undefined, minDelta)) {
        state = { best: value, waited: 0, resting }
        return
      }
      const waited = state.resting > 0 ? 0 : state.waited + 1
      if (waited < patience) {
        state = { ...state, waited, resting }
        return
      }
      // A rate that is already below the bound is left as it is.
      const reduced = Math.max(control.learningRate * factor, minLearningRate)
      if (reduced < control.learningRate) control.setLearningRate(reduced)
      state = { ...state, waited: 0, resting: cooldown }
    },
    state: () => ({ ...state }),
    restore(saved) {
      state = saved as unknown as State
    },
  }
}
