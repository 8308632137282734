import { machineClock } from '@rondo/core'
import { EXIT, type ExitCode } from '../exit-codes.ts'

/** Listens for the signals that end a process, so that a study can end in order. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  /** What the process is to end with, once a signal has come. */
  readonly exitCode: ExitCode | undefined
  /** Leaves signals to Node again. */
  release(): void
}

/**
 * Milliseconds within which a signal is the same keypress: npm and some shells pass on to their child the signal that the
 * terminal has sent to both.
 */
const SAME_KEYPRESS_MS = 300

/**
 * The first signal aborts and calls `onFirst` with what to tell; the second ends the process at once. What is in the
 * log by then is safe, and the rest is done again by `rondo resume`.
 */
export function listenForInterruption(onFirst: (notice: string) => void): Interruption {
  const controller = new AbortController()
  let exitCode: ExitCode | undefined
  let firstAt = 0
  const hear = (code: ExitCode, again: string): void => {
    const now = machineClock.monotonic()
    if (exitCode !== undefined) {
      if (now - firstAt < SAME_KEYPRESS_MS) return
      process.exit(code)
    }
    firstAt = now
    exitCode = code
    onFirst(`Stopping: running trials write a checkpoint at the end of their epoch. ${again}`)
    controller.abort()
  }
  const onInterrupt = (): void => hear(EXIT.interrupted, 'Ctrl-C again ends at once.')
  const onTerminate = (): void => hear(EXIT.terminated, 'A second signal ends at once.')
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onTerminate)
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode
    },
    release() {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onTerminate)
    },
  }
}
