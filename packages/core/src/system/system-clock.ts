import { definePlugin, type Plugin } from '../composition/plugin.ts'
import { CLOCK, type Clock } from '../contracts/clock.ts'

/** The clock of the machine: the one place of the project that reads it. For programs; plugins inject CLOCK. */
export const machineClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** Provides the clock of the machine. */
export const systemClock = (): Plugin<Clock> =>
  definePlugin({
    name: 'system-clock',
    provides: CLOCK,
    scope: 'process',
    create: () => machineClock,
  })
