import { availableParallelism } from 'node:os'
import { CLOCK, definePlugin, EXECUTOR, type Executor, LOGGER, type Plugin } from '@rondo/core'
import { z } from 'zod'
import { Pool } from './parent/pool.ts'

/** Options of {@link processPool}. */
export interface ProcessPoolOptions {
  /** Legs at a time, each in a process of its own; the number of cores where absent. */
  readonly workers?: number
  /** Megabytes (2²⁰ bytes) that a worker may use, WebAssembly and data included; no limit where absent. */
  readonly memoryMb?: number
  /**
   * Milliseconds between a worker's signs of life, at least 50; 5,000 where absent. After four missed ones it is
   * taken to be dead.
   */
  readonly heartbeatMs?: number
  /**
   * Milliseconds for which a worker's leg may neither report nor yield before it is taken to hang; 15 minutes where
   * absent. An epoch of the trainer yields many times.
   */
  readonly stallMs?: number
}

const processPoolOptions = z.strictObject({
  workers: z.int().min(1).max(1024).optional(),
  memoryMb: z.number().min(64).optional(),
  heartbeatMs: z.number().min(50).optional(),
  stallMs: z.number().min(100).optional(),
})

/**
 * Runs legs in child processes, each with a tfjs engine of its own. A worker that dies, hangs or uses too much memory
 * is replaced, and its leg fails with RONDO_WORKER_LOST, which the study begins again from the last checkpoint.
 *
 * A worker rebuilds the study from the module of its spec; a study composed in code names one, or runs in process.
 */
export const processPool = (options: ProcessPoolOptions = {}): Plugin<Executor> =>
  definePlugin({
    name: 'process-pool',
    provides: EXECUTOR,
    scope: 'study',
    options,
    schema: processPoolOptions,
    inject: [CLOCK, LOGGER],
    create: (clock, logger) => {
      const { workers = availableParallelism(), memoryMb, heartbeatMs = 5_000, stallMs = 900_000 } = options
      const limits = { heartbeatMs, stallMs, ...(memoryMb === undefined ? {} : { memoryMb }) }
      return new Pool(workers, { limits, clock, logger })
    },
  })
