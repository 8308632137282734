import { CALLBACK, type Callback, definePlugin, type Plugin } from '@rondo/core'
import { z } from 'zod'
import { curveAt } from './schedule-curve.ts'

/** Options of {@link learningRateSchedule}. */
export interface LearningRateScheduleOptions {
  /** The course after the warm-up; `warmup` is `constant` with a warm-up of a tenth of the updates. */
  readonly kind: 'constant' | 'linear' | 'cosine' | 'exponential' | 'warmup'
  /** The last learning rate as a share of the trial's own, in (0, 1]; .01 where absent. */
  readonly to?: number
  /**
   * Share of all updates, in [0, 1), over which the rate first rises linearly to the trial's own; 0 where absent,
   * .1 for `warmup`.
   */
  readonly warmup?: number
}

const schema = z.strictObject({
  kind: z.enum(['constant', 'linear', 'cosine', 'exponential', 'warmup']),
  to: z.number().gt(0).max(1).optional(),
  warmup: z.number().min(0).lt(1).optional(),
})

/**
 * Sets the learning rate before every update, as a share of the trial's `learningRate`. The course spans the full
 * budget's epochs, however far the leg goes, so that a trial in three legs takes the same steps as in one.
 */
export const learningRateSchedule = (options: LearningRateScheduleOptions): Plugin<readonly Callback[]> =>
  definePlugin({
    name: 'learning-rate-schedule',
    provides: CALLBACK,
    scope: 'fold',
    options,
    schema,
    create: () => create(options),
  })

function create({
  kind,
  to = 0.01,
  warmup = kind === 'warmup' ? 0.1 : 0,
}: LearningRateScheduleOptions): Callback {
  const curve = kind === 'warmup' ? 'constant' : kind
  let updates = 1
  let base = 0
  let settled = true
  return {
    name: 'learning-rate-schedule',
    get settled() {
      return settled
    },
    onFoldStart(start, control) {
      updates = start.epochs * start.updatesPerEpoch
      base = control.learningRate
    },
    onUpdate(update, control) {
      const rising = Math.round(warmup * updates)
      settled = update + 1 >= rising
      const share =
        update < rising
          ? (update + 1) / rising
          : curveAt(curve, 1, to, (update - rising) / Math.max(1, updates - 1 - rising))
      control.setLearningRate(base * share)
    },
    state: () => base,
    restore(saved) {
      base = saved as number
    },
  }
}
