import {
  type ArtifactRef,
  compose,
  definePlugin,
  EXECUTOR,
  type Executor,
  inProcess,
  type LegResult,
  memoryStore,
  type Plugin,
  STORE,
  systemClock,
  TRAINER,
} from '@rondo/core'
import { type ExecutorSubject, executorSuite, exerciseTrainer } from '../src/index.ts'
import { delegating, testWrong } from './wrong-plugins.ts'

/** Legs in this process, changed. */
const wrong = (change: (good: Executor) => Partial<Executor>, concurrency = 2): ExecutorSubject => ({
  plugin: (): Plugin<Executor> =>
    definePlugin({
      name: 'wrong',
      provides: EXECUTOR,
      scope: 'study',
      inject: [TRAINER],
      create: () => {
        const good = compose([inProcess({ concurrency }), exerciseTrainer()]).resolve(EXECUTOR)
        return { concurrency, run: good.run, ...change(good) }
      },
    }),
})

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

testWrong(executorSuite, {
  'brings back what the trainer measured, bit for bit': [
    {
      subject: wrong(({ run }) => ({
        run: (...leg) => {
          const handle = run(...leg)
          return { ...handle, result: handle.result.then(json) }
        },
      })),
      says: /must bring back every measurement, NaN and infinities included/,
    },
    {
      subject: wrong(({ run }) => ({ run: (leg, ...rest) => run({ ...leg, tags: {} }, ...rest) })),
      says: /hand the leg to the trainer as it is/,
    },
    {
      subject: wrong(({ run }) => ({ run: (leg, artifacts) => run(leg, artifacts, () => {}) })),
      says: /must pass on what the leg says/,
    },
  ],
  'passes on messages in order, all of them before the result': {
    subject: wrong(({ run }) => ({
      run: (leg, artifacts, onMessage) =>
        run(leg, artifacts, (message) => void setTimeout(() => onMessage(message), 1)),
    })),
    says: /in order, all of them before the result/,
  },
  'lets a leg write artifacts and a later leg go on from them': [
    {
      subject: wrong(({ run }) => ({
        run: (leg, artifacts, onMessage) =>
          run(
            leg,
            { ...delegating(artifacts), read: async () => ({ 'count.bin': Uint8Array.of(9) }) },
            onMessage,
          ),
      })),
      says: /write an artifact and read it back/,
    },
    {
      subject: wrong(({ run }) => {
        const { artifacts } = compose([memoryStore(), systemClock()]).resolve(STORE).create('other')
        return { run: (leg, _, onMessage) => run(leg, artifacts, onMessage) }
      }),
      says: /must be in the study’s artifact store/,
    },
    {
      subject: wrong(({ run }) => ({ run: ({ from: _, ...leg }, ...rest) => run(leg, ...rest) })),
      says: /the checkpoint that it goes on from/,
    },
  ],
  'keeps a coded error as it is': [
    {
      subject: wrong(({ run }) => ({
        run: (leg, artifacts, onMessage) => {
          const read = (ref: ArtifactRef) =>
            artifacts.read(ref).catch(() => {
              throw new Error('no such file')
            })
          return run(leg, { ...delegating(artifacts), read }, onMessage)
        },
      })),
      says: /error of the artifact store must reach the leg with its code/,
    },
    {
      // Takes every error for an interruption.
      subject: wrong(({ run }) => ({
        run: (...leg) => {
          const handle = run(...leg)
          const nothing = (): LegResult => ({ outcome: 'interrupted', measurements: [] })
          return { ...handle, result: handle.result.catch(nothing) }
        },
      })),
      says: /leg that threw must fail.*interrupted/,
    },
    {
      subject: wrong(({ run }) => ({
        run: (...leg) => {
          const handle = run(...leg)
          const result = handle.result.catch((error: Error) => {
            throw new Error(error.message)
          })
          return { ...handle, result }
        },
      })),
      says: /must come back with code, value, place and remedy/,
    },
  ],
  'keeps the message of any other error, and goes on': [
    {
      // Once broken it is broken for good.
      subject: wrong(({ run }) => {
        let broken = false
        return {
          run: (...leg) => {
            const handle = run(...leg)
            const result = handle.result.then(
              (good): LegResult => (broken ? { outcome: 'ended', measurements: [] } : good),
              (error: unknown) => {
                broken = true
                throw error
              },
            )
            return { ...handle, result }
          },
        }
      }),
      says: /must go on after a leg that threw/,
    },
    {
      subject: wrong(({ run }) => ({
        run: (...leg) => {
          const handle = run(...leg)
          const result = handle.result.catch(() => {
            throw new Error('the leg failed')
          })
          return { ...handle, result }
        },
      })),
      says: /must come back with its message/,
    },
  ],
  'interrupts a running leg, which writes a checkpoint': [
    {
      subject: wrong(({ run }) => ({ run: (...leg) => ({ ...run(...leg), interrupt() {} }) })),
      says: /must end as `interrupted`/,
    },
    {
      subject: wrong(({ run }) => ({
        run: (leg, artifacts, onMessage) => {
          const handle = run(leg, artifacts, onMessage)
          const tidy = async (result: LegResult): Promise<LegResult> => {
            await artifacts.remove(result.checkpoint?.name ?? '')
            return result
          }
          return { ...handle, result: handle.result.then(tidy) }
        },
      })),
      says: /checkpoint of an interrupted leg must be in the study’s artifact store/,
    },
    {
      // One signal for all legs, which stays aborted.
      subject: wrong(({ run }) => {
        let interrupted = false
        return {
          run: (...leg) => {
            const handle = run(...leg)
            const cut = (result: LegResult): LegResult =>
              interrupted ? { ...result, outcome: 'interrupted' } : result
            const interrupt = (): void => {
              interrupted = true
              handle.interrupt()
            }
            return { result: handle.result.then(cut), interrupt }
          },
        }
      }),
      says: /interruption must end its own leg only/,
    },
  ],
  'runs as many legs at a time as it says': [
    { subject: wrong(() => ({ concurrency: 0 })), says: /at least 1: it says 0/i },
    {
      subject: wrong(({ run }) => {
        let last: Promise<unknown> = Promise.resolve()
        return {
          run: (...leg) => {
            const result = last.then(() => run(...leg).result)
            last = result.catch(() => {})
            return { result, interrupt() {} }
          },
        }
      }),
      says: /as many legs at a time as it says/,
    },
  ],
})
