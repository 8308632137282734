import { CALLBACK, type Callback, CLOCK, definePlugin, type Plugin } from '@rondo/core'
import { isJson, mustHold, mustNotThrow, same, show } from '../broken-rule.ts'
import { jsonOptions } from '../json-options.ts'
import { withInstance } from '../make-instance.ts'
import type { Check, MakePlugin, Suite } from '../suite.ts'
import { type Action, runFold, type Script, startFold } from './script.ts'
import { scripts, strangeScripts } from './scripts.ts'

type Subject = MakePlugin<Plugin<readonly Callback[]>>

const validActions: Check<Subject> = {
  name: 'sets only rates that there can be, and stops with a reason',
  async run(makePlugin) {
    for (const script of scripts) {
      await withCallback(makePlugin, (callback) => {
        mustHold(
          typeof callback.name === 'string' && callback.name !== '',
          'A callback must have a name',
          () => `it is ${show(callback.name)}`,
        )
        for (const action of runFold(callback, script).actions) requireValid(action, script)
      })
    }
  },
}

const jsonState: Check<Subject> = {
  name: 'has a state that is JSON, at every epoch and whatever the values',
  async run(makePlugin) {
    for (const script of [...scripts, ...strangeScripts]) {
      await withCallback(makePlugin, (callback) => {
        const run = startFold(callback, script)
        requireJsonState(callback, script, 0)
        while (!run.isOver) {
          if (!advances(run.trainEpoch)) return
          requireJsonState(callback, script, run.epoch)
        }
      })
    }
  },
}

const survivesStrangeValues: Check<Subject> = {
  name: 'takes NaN and infinite values, or fails the trial with a coded error',
  async run(makePlugin) {
    for (const script of strangeScripts) {
      await withCallback(makePlugin, async (callback) => {
        const run = startFold(callback, script)
        while (!run.isOver) {
          try {
            run.trainEpoch()
          } catch (error) {
            const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
            mustHold(
              code?.startsWith('RONDO_') === true,
              'A callback must not break on NaN and infinite values',
              () =>
                `for ${script.title} it threw ${error instanceof Error ? `“${error.message}”` : show(error)}`,
            )
            return
          }
        }
        for (const action of run.actions) requireValid(action, script)
      })
    }
  },
}

const resumes: Check<Subject> = {
  name: 'goes on from its state as if it had never been left',
  async run(makePlugin) {
    for (const script of scripts) {
      const whole = await withCallback(makePlugin, (callback) => runFold(callback, script).actions)
      // Left after every epoch, and every time gone on with by a new instance.
      const parts: Action[] = []
      let from: Parameters<typeof startFold>[2]
      for (let isOver = false; !isOver; ) {
        await withCallback(makePlugin, (callback) => {
          const run = startFold(callback, script, from)
          run.trainEpoch()
          parts.push(...run.actions)
          from = run.save()
          isOver = run.isOver
        })
      }
      const at = whole.findIndex((action, i) => !same(action, parts[i]))
      mustHold(
        same(parts, whole),
        'A callback must go on from its state as if training had never been left',
        () =>
          at >= 0
            ? `in ${script.title} it did ${show(whole[at])} in one piece and ${show(parts[at])} in parts`
            : `in ${script.title} it did ${show(parts[whole.length])} in parts, and nothing in one piece`,
      )
    }
  },
}

const independent: Check<Subject> = {
  name: 'shares nothing between two folds',
  async run(makePlugin) {
    const [one, two] = [scripts[0]!, scripts[4]!]
    const plugin = makePlugin()
    const alone = await withCallback(
      () => plugin,
      (callback) => runFold(callback, two).actions,
    )
    const beside = await withCallback(
      () => plugin,
      (other) => {
        runFold(other, one)
        return withCallback(
          () => plugin,
          (callback) => runFold(callback, two).actions,
        )
      },
    )
    mustHold(
      same(alone, beside),
      'A callback must depend on nothing but what its own fold tells it',
      () => `after another fold it did ${show(beside)} instead of ${show(alone)}`,
    )
  },
}

const restoresFreshState: Check<Subject> = {
  name: 'can be asked for its state right after a fold’s start, and restored to it',
  async run(makePlugin) {
    const script = scripts[0]!
    const checkpoint = await withCallback(makePlugin, (callback) => startFold(callback, script).save())
    await withCallback(makePlugin, (callback) =>
      mustNotThrow('A callback must take back the state of a fold that has just begun', () =>
        startFold(callback, script, checkpoint).trainEpoch(),
      ),
    )
  },
}

/** Rules for every callback. The subject makes the plugin with the options to be checked. */
export const callbackSuite: Suite<Subject> = {
  name: 'callback',
  checks: [
    validActions,
    jsonState,
    survivesStrangeValues,
    resumes,
    independent,
    restoresFreshState,
    jsonOptions,
  ],
}

/** A clock that stands still: what a callback does by the time is not what these checks are about. */
const stoppedClock = (): Plugin =>
  definePlugin({
    name: 'stopped-clock',
    provides: CLOCK,
    scope: 'process',
    create: () => ({ now: () => 0, monotonic: () => 0 }),
  })

function withCallback<R>(makePlugin: Subject, use: (callback: Callback) => R | Promise<R>): Promise<R> {
  return withInstance(makePlugin(), CALLBACK, ([callback]) => use(callback!), {
    scope: 'fold',
    plugins: [stoppedClock()],
  })
}

function requireValid({ did, value, epoch }: Action, script: Script): void {
  const where = (): string => `after epoch ${epoch} of ${script.title} it was set to ${show(value)}`
  switch (did) {
    case 'learningRate':
      mustHold(
        typeof value === 'number' && Number.isFinite(value) && value > 0,
        'A learning rate must be a finite number above 0',
        where,
      )
      return
    case 'dropout':
      mustHold(
        typeof value === 'number' && value >= 0 && value < 1,
        'A dropout rate must be at least 0 and below 1',
        where,
      )
      return
    case 'stop':
      mustHold(
        typeof value === 'string' && value.trim() !== '',
        'A callback must give a reason to stop',
        () => `after epoch ${epoch} of ${script.title} it gave ${show(value)}`,
      )
      return
    case 'keepBest':
  }
}

function requireJsonState(callback: Callback, script: Script, epoch: number): void {
  const state = callback.state()
  mustHold(
    state !== undefined && isJson(state),
    'A callback’s state must be JSON (`null` for none), because it is kept in checkpoints',
    () => `after epoch ${epoch} of ${script.title} it is ${show(state)}`,
  )
}

/** Whether an epoch went well; a callback may fail a trial on purpose. */
function advances(trainEpoch: () => void): boolean {
  try {
    trainEpoch()
    return true
  } catch {
    return false
  }
}
