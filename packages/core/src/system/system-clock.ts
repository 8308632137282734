import { definePlugin, type Plugin } from '../composition/plugin.ts'
import { CLOCK, type Clock } from '../contracts/clock.ts'

/** The clock of the machine: the one place of the project that reads it. */
export const systemClock = (): Plugin<Clock> =>
  definePlugin({
    name: 'system-clock',
    provides: CLOCK,
    scope: 'process',
    create: () => ({ now: () => Date.now(), monotonic: () => performance.now() }),
  })
