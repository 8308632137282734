import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { beatMs, type WorkerLimits } from '../messages.ts'
import type { HeartbeatData } from './heartbeat-thread.ts'

/** The event loop is looked at so often in the time of one sign of life. */
const LOOKS_PER_BEAT = 2

/** The signs of life of this process. */
export interface HeartbeatOfProcess {
  /** Fulfilled when the first has been given. */
  readonly begun: Promise<unknown>
  /** To be called whenever the main thread gets somewhere. */
  progress(): void
}

/** Gives signs of life from a thread of its own, because training keeps the main thread busy for long. */
export function startHeartbeat(limits: WorkerLimits): HeartbeatOfProcess {
  const steps = new Int32Array(new SharedArrayBuffer(4))
  const progress = (): void => {
    Atomics.add(steps, 0, 1)
  }
  setInterval(progress, beatMs(limits) / LOOKS_PER_BEAT).unref()
  // Sources and built files sit side by side in the same way, with another ending.
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const workerData: HeartbeatData = { steps, beatMs: beatMs(limits) }
  const thread = new Worker(new URL(`./heartbeat-thread.${ending}`, import.meta.url), { workerData })
  thread.unref()
  return { begun: once(thread, 'message'), progress }
}
