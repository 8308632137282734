import { definePlugin, type Plugin } from '../composition/plugin.ts'
import { EXECUTOR, type Executor } from '../contracts/executor.ts'
import { TRAINER, type Trainer } from '../contracts/trainer.ts'

/** Options of {@link inProcess}. */
export interface InProcessOptions {
  /**
   * Legs at a time, 1 where absent. More than one serves a trainer that waits for something outside this process; a
   * trainer that computes here gains nothing.
   */
  readonly concurrency?: number
}

/** Runs legs in this process. */
export const inProcess = (options: InProcessOptions = {}): Plugin<Executor> =>
  definePlugin({
    name: 'in-process',
    provides: EXECUTOR,
    scope: 'study',
    options,
    inject: [TRAINER],
    create: (trainer) => inProcessExecutor(trainer, options.concurrency ?? 1),
  })

function inProcessExecutor(trainer: Trainer, concurrency: number): Executor {
  return {
    concurrency,
    run(leg, artifacts, onMessage) {
      const interruption = new AbortController()
      return {
        // A trainer may throw before it returns its promise.
        result: Promise.resolve().then(() =>
          trainer.run(leg, { signal: interruption.signal, artifacts, send: onMessage }),
        ),
        interrupt: () => interruption.abort(),
      }
    },
  }
}
