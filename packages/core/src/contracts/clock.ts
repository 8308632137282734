import { token } from '../composition/token.ts'

/** The only way to the time. Nothing that a result depends on may come from it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number
  /** Milliseconds of a clock that never goes back. */
  monotonic(): number
}

export const CLOCK = token<Clock>('clock')
