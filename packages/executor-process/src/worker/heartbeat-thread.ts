import { writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { HEARTBEAT_FD } from '../messages.ts'

/** What the thread is started with. */
export interface HeartbeatData {
  /** Moves while the main thread gets somewhere. */
  readonly steps: Int32Array
  readonly beatMs: number
}

const { steps, beatMs } = workerData as HeartbeatData

beat()
parentPort?.postMessage('begun')
setInterval(beat, beatMs)

/** A line with the main thread's progress and the memory of the whole process in bytes. */
function beat(): void {
  try {
    writeSync(HEARTBEAT_FD, `${Atomics.load(steps, 0)} ${process.memoryUsage.rss()}\n`)
  } catch (error) {
    // The parent may be stopped, and read no more for a while.
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return
    // The parent has gone. The main thread may be busy for minutes: nothing but a signal ends it now.
    process.kill(process.pid, 'SIGKILL')
  }
}
