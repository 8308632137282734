import {
  compose,
  definePlugin,
  float,
  int,
  memoryStore,
  type Params,
  type Plugin,
  prepareStudy,
  SCHEDULER,
  type Scheduler,
  STORE,
  type StudyConfig,
  systemClock,
} from '@rondo/core'
import { describe, expect, test } from 'vitest'
import { descentStudy, verifyStudy } from './helpers.ts'
import { contracting } from './strategies.ts'

const never = new AbortController().signal

async function withStudy<T>(
  config: StudyConfig,
  work: (study: Awaited<ReturnType<Awaited<ReturnType<typeof prepareStudy>>['create']>>) => Promise<T>,
): Promise<T> {
  const prepared = await prepareStudy(config)
  const study = prepared.exists() ? prepared.resume() : prepared.create()
  try {
    return await work(study)
  } finally {
    await study.dispose()
  }
}

describe('a study worked on by hand', () => {
  test('tries just the params that were enqueued, before the untuned default, and the limit does not count them', async () => {
    const config = descentStudy({ trials: 2, store: memoryStore() })
    const params: Params = { rate: 0.25 }
    await withStudy(config, async (study) => {
      study.enqueue(params)
      expect(await study.run(never, { trials: 1 })).toBe('trials')
      expect(study.state.trials.map(({ params, origin }) => ({ params, origin }))).toEqual([
        { params, origin: 'enqueued' },
      ])
    })
    await withStudy(config, async (study) => {
      expect(study.state).toMatchObject({ trialLimit: 3, trialsLeft: 2 })
      await study.run()
      expect(study.state.trials.map(({ origin }) => origin)).toEqual(['enqueued', 'default', 'search'])
    })
    await withStudy(config, async (study) => {
      study.enqueue({ rate: 0.5 })
      await study.run(never, { trials: 1 })
      expect(study.state.trials[3]).toMatchObject({ params: { rate: 0.5 }, state: 'completed' })
    })
  })

  test('does not lose patience over trials by hand', async () => {
    const config = descentStudy({ patience: 2, trials: 20, store: memoryStore() })
    await withStudy(config, async (study) => {
      for (const rate of [0.3, 0.02, 0.02, 0.02]) study.enqueue({ rate })
      await study.run(never, { trials: 4 })
      expect(study.state).toMatchObject({ trialsSinceBest: 0, outOfPatience: false })
      expect(await study.run()).toBe('patience')
      expect(study.state.trials.length).toBeGreaterThanOrEqual(6)
    })
  })

  test('refuses params outside the space, with nothing written', async () => {
    await withStudy(descentStudy({ store: memoryStore() }), async (study) => {
      expect(() => study.enqueue({ rate: 7 })).toThrow(
        expect.objectContaining({ code: 'RONDO_PARAMS_INVALID', place: { param: 'rate' } }),
      )
      expect(study.state.enqueued).toEqual([])
    })
  })

  test('refuses a config that enqueues params with a value too few, and says which', async () => {
    const config = descentStudy({
      space: { rate: float(0.01, 1, { default: 0.02 }), layers: int(1, 4) },
      enqueue: [{ rate: 0.3, layers: 2 }, { rate: 0.3 }],
    })
    await expect(prepareStudy(config)).rejects.toMatchObject({
      code: 'RONDO_PARAMS_INVALID',
      message: '“layers” has no value.',
      place: { field: 'enqueue[1]', param: 'layers' },
      remedy: expect.stringContaining('every hyperparameter that is active'),
    })
  })

  test('takes a finished trial further, to what it would have come to at once', async () => {
    const config = descentStudy({ trials: 3, store: memoryStore() })
    const extended = await withStudy(config, async (study) => {
      await study.run()
      study.extend(1, { epochs: 6, folds: 1 })
      await study.run(never, { trials: 0 })
      study.extend(1, { epochs: 9, folds: 1 })
      await study.run(never, { trials: 0 })
      return study.state.trials[1]!
    })
    const whole = await withStudy(
      descentStudy({ trials: 1, epochs: 9, defaultTrial: false, store: memoryStore() }),
      async (study) => {
        study.enqueue(extended.params)
        await study.run()
        return study.state.trials[0]!
      },
    )
    expect(extended.reached).toEqual({ epochs: 9, folds: 1 })
    expect(extended.curve).toEqual(whole.curve)
  })

  test('refuses to extend what does not exist or has come so far', async () => {
    await withStudy(descentStudy({ trials: 1, store: memoryStore() }), async (study) => {
      await study.run()
      expect(() => study.extend(5, { epochs: 9, folds: 1 })).toThrow(/has no trial 5/)
      // No plugin is to blame for it, as RONDO_STUDY_DECISION would say.
      expect(() => study.extend(0, { epochs: 3, folds: 1 })).toThrow(
        expect.objectContaining({
          code: 'RONDO_OPTION_INVALID',
          message: 'Trial 0 has 4 epochs on 1 fold already.',
          value: { epochs: 3, folds: 1 },
        }),
      )
    })
  })
})

describe('verifying a study', () => {
  test('makes every decision again, also of sessions by hand, extended trials and ordered results', async () => {
    for (const ordered of [undefined, { lag: 2 }]) {
      const config = descentStudy({ store: memoryStore(), ...(ordered && { ordered }) })
      await withStudy(config, async (study) => {
        await study.run()
        study.enqueue({ rate: 0.3 })
        await study.run(never, { trials: 1 })
        study.extend(2, { epochs: 5, folds: 1 })
        await study.run(never, { trials: 0 })
        expect(await verifyStudy(config)).toEqual({ decisions: 10 })
      })
    }
  })

  test('leaves out only the stops of legs in their midst, which hang on what was measured when', async () => {
    const store = memoryStore()
    const schedulers = (reason: string): Plugin<Scheduler> =>
      definePlugin({
        name: 'stopping',
        provides: SCHEDULER,
        scope: 'study',
        create: () => ({
          next: ({ history }) => {
            const paused = history.trials.find(({ state }) => state === 'paused')
            if (paused !== undefined) return { do: 'stop', trial: paused.number, reason }
            return history.trialsLeft > 0 ? { do: 'start', budget: { epochs: 2, folds: 1 } } : { do: 'wait' }
          },
          interrupt: ({ running }) => (running.number % 2 === 0 ? { reason } : undefined),
        }),
      })
    const config = descentStudy({ store, trials: 2, scheduler: schedulers('enough') })
    await withStudy(config, async (study) => {
      await study.run()
      expect(study.state.trials.map(({ state, reached }) => [state, reached.epochs])).toEqual([
        ['stopped', 1],
        ['stopped', 2],
      ])
      // Two starts and the stop of trial 1.
      expect(await verifyStudy(config)).toEqual({ decisions: 3 })
    })
    const { difference } = await verifyStudy({ ...config, scheduler: schedulers('too much') })
    expect(difference).toMatchObject({ logged: [{ trial: 1, reason: 'enough' }] })
  })

  test('names the first suggestion that would come out otherwise', async () => {
    const store = memoryStore()
    await withStudy(descentStudy({ store, trials: 6 }), (study) => study.run())
    // The same log under another strategy of the same name, as after an undeclared change of a plugin.
    const { create: _, ...plugin } = contracting()
    const other = {
      ...plugin,
      create: () => ({
        suggest: ({ trial }: { readonly trial: number }) => ({
          params: { rate: 0.1 + trial / 100 },
          memo: trial,
        }),
      }),
    }
    const { difference } = await verifyStudy(descentStudy({ store, trials: 6, search: other as never }))
    expect(difference).toMatchObject({ replayed: [{ trial: 1, params: { rate: 0.11 } }, {}] })
    const log = compose([store, systemClock()]).resolve(STORE).open('descent', 'read')
    const { event } = [...log.read()][difference!.seq - 1]!
    expect(event).toMatchObject({ type: 'trial.suggested', trial: 1 })
  })
})

test('a session by hand leaves trials alone that a scheduler has paused', async () => {
  const pausing = definePlugin({
    name: 'pausing',
    provides: SCHEDULER,
    scope: 'study',
    create: (): Scheduler => ({
      next: ({ history }) => {
        const paused = history.trials.find(({ state }) => state === 'paused')
        if (history.trialsLeft > 0) return { do: 'start', budget: { epochs: 1, folds: 1 } }
        if (paused === undefined || history.trials.length > 3) return { do: 'wait' }
        return { do: 'resume', trial: paused.number, budget: history.fullBudget }
      },
    }),
  })
  const store = memoryStore()
  const config = descentStudy({ store, trials: 4, scheduler: pausing })
  await withStudy(config, async (study) => {
    await study.run()
    study.enqueue({ rate: 0.4 })
    await study.run(never, { trials: 1 })
    expect(study.state.trials.map(({ state, reached }) => `${state} ${reached.epochs}`)).toEqual([
      ...Array(4).fill('paused 1'),
      'completed 4',
    ])
    expect(await verifyStudy(config)).toEqual({ decisions: 4 })
  })
})
