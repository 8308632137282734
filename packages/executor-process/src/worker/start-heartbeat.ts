import { Worker } from 'node:worker_threads'
import type { WorkerLimits } from '../messages.ts'
import type { HeartbeatData } from './heartbeat-thread.ts'

/** The event loop is looked at so often in the time of one sign of life. */
const LOOKS_PER_BEAT = 2

/**
 * Gives signs of life from a thread of its own, because training keeps the main thread busy for long.
 *
 * @returns to be called whenever the main thread gets somewhere.
 */
export function startHeartbeat({ heartbeatMs }: WorkerLimits): () => void {
  const progress = new Int32Array(new SharedArrayBuffer(4))
  const step = (): void => {
    Atomics.add(progress, 0, 1)
  }
  setInterval(step, heartbeatMs / LOOKS_PER_BEAT).unref()
  // Sources and built files sit side by side in the same way, with another ending.
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const workerData: HeartbeatData = { progress, heartbeatMs }
  const thread = new Worker(new URL(`./heartbeat-thread.${ending}`, import.meta.url), { workerData })
  thread.unref()
  return step
}
