import { CALLBACK, type Callback, definePlugin, type Plugin } from '@rondo/core'
import { z } from 'zod'
import { curveAt } from './schedule-curve.ts'

/** Options of {@link dropoutSchedule}. */
export interface DropoutScheduleOptions {
  readonly kind: 'constant' | 'linear' | 'cosine'
  /** The rate of the first epoch, in [0, 1). */
  readonly from: number
  /** The rate of the full budget's last epoch, in [0, 1); `from` where absent. */
  readonly to?: number
}

const rate = z.number().min(0).lt(1)
const schema = z.strictObject({
  kind: z.enum(['constant', 'linear', 'cosine']),
  from: rate,
  to: rate.optional(),
})

/**
 * Changes the rate of the model's dropout layers from epoch to epoch: from little to more, where a model shall first
 * fit and then generalise, or the other way. It overrides the hyperparameter `dropout`.
 */
export const dropoutSchedule = (options: DropoutScheduleOptions): Plugin<readonly Callback[]> =>
  definePlugin({
    name: 'dropout-schedule',
    provides: CALLBACK,
    scope: 'fold',
    options,
    schema,
    create: () => create(options),
  })

function create({ kind, from, to = from }: DropoutScheduleOptions): Callback {
  let epochs = 1
  /** @param epoch From 1. */
  const rateOf = (epoch: number): number => curveAt(kind, from, to, (epoch - 1) / Math.max(1, epochs - 1))
  return {
    name: 'dropout-schedule',
    onFoldStart(start, control) {
      epochs = start.epochs
      control.setDropout(rateOf(1))
    },
    onEpochEnd({ epoch }, control) {
      control.setDropout(rateOf(epoch + 1))
    },
    state: () => null,
    restore() {},
  }
}
