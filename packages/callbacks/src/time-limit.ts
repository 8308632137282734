import { CALLBACK, type Callback, CLOCK, type Clock, definePlugin, type Plugin } from '@rondo/core'
import { z } from 'zod'

/** Options of {@link timeLimit}. */
export interface TimeLimitOptions {
  /** Milliseconds that one fold may train, over all legs. */
  readonly ms: number
}

const schema = z.strictObject({ ms: z.number().gt(0) })

/**
 * Ends a fold's training after the epoch in which its time is up. How far a trial gets then depends on the machine:
 * such a study does not repeat bit for bit.
 */
export const timeLimit = (options: TimeLimitOptions): Plugin<readonly Callback[]> =>
  definePlugin({
    name: 'time-limit',
    provides: CALLBACK,
    scope: 'fold',
    options,
    schema,
    inject: [CLOCK],
    create: (clock) => create(options, clock),
  })

function create({ ms }: TimeLimitOptions, clock: Clock): Callback {
  let began = clock.monotonic()
  /** Milliseconds of earlier legs. */
  let before = 0
  const spent = (): number => before + clock.monotonic() - began
  return {
    name: 'time-limit',
    onFoldStart() {
      began = clock.monotonic()
    },
    onEpochEnd(_end, control) {
      if (spent() >= ms) control.stop(`the time limit of ${ms} ms is reached`)
    },
    state: spent,
    restore(saved) {
      before = saved as number
      began = clock.monotonic()
    },
  }
}
