/** What the command ends with. They are part of its interface: scripts test for them. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** An error with a code, told on standard error. */
  error: 1,
  /** The command line was not understood. */
  usage: 2,
  /** The study ended, and none of its trials has completed. */
  noResult: 3,
  /** Interrupted from the keyboard; everything is saved. */
  interrupted: 130,
  /** Asked to end by another process; everything is saved. */
  terminated: 143,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
