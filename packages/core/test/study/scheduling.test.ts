import {
  compose,
  type Decision,
  definePlugin,
  float,
  inProcess,
  int,
  memoryStore,
  readStudy,
  SCHEDULER,
  type Scheduler,
  SEARCH_STRATEGY,
  type SearchStrategy,
  STORE,
  systemClock,
} from '@rondo/core'
import { describe, expect, test } from 'vitest'
import { descentStudy, runStudy, verifyStudy } from './helpers.ts'
import { slowDescent } from './training.ts'

const scheduler = (create: () => Scheduler) =>
  definePlugin({ name: 'test-scheduler', provides: SCHEDULER, scope: 'study', create })

/** Starts every trial with one epoch; resumes the better half to the full budget, stops the rest. */
const halving = () =>
  scheduler(() => ({
    next: ({ history }) => {
      if (history.trialsLeft > 0) return { do: 'start', budget: { epochs: 1, folds: 1 }, tags: { rung: 0 } }
      const paused = history.trials
        .filter(({ state }) => state === 'paused')
        .sort((a, b) => a.value! - b.value! || a.number - b.number)
      const [first] = paused
      if (first === undefined) return { do: 'wait' }
      const done = history.trials.filter(({ state }) => state === 'completed' || state === 'running').length
      if (done < history.trials.length / 2) {
        return { do: 'resume', trial: first.number, budget: history.fullBudget, tags: { rung: 1 } }
      }
      return { do: 'stop', trial: paused.at(-1)!.number, reason: 'in the worse half' }
    },
  }))

describe('a scheduler', () => {
  test('pauses, resumes from the checkpoint and stops with a reason', async () => {
    const outcome = await runStudy({ ...descentStudy({ scheduler: halving() }), store: memoryStore() })
    const whole = await runStudy({
      ...descentStudy({ search: descentStudy().search!, epochs: 4 }),
      store: memoryStore(),
    })
    const states = outcome.trials.map((trial) => (trial as { state: string }).state)
    expect(states.filter((state) => state === 'completed')).toHaveLength(5)
    expect(states.filter((state) => state === 'stopped')).toHaveLength(5)
    // The first trial is the untuned default in both; in two legs it comes to what it comes to in one.
    const first = outcome.trials[0] as { state: string; curve: unknown }
    if (first.state === 'completed')
      expect(first.curve).toEqual((whole.trials[0] as { curve: unknown }).curve)
    expect(outcome.trials.some((trial) => (trial as { curve: unknown[] }).curve.length === 4)).toBe(true)
  })

  test('that chooses the epochs is refused beside `epochs` in the space', async () => {
    const choosing = scheduler(() => ({ choosesEpochs: true, next: () => ({ do: 'wait' }) }))
    const study = { ...descentStudy({ scheduler: choosing }), store: memoryStore() }
    await expect(runStudy({ ...study, space: { ...study.space, epochs: int(1, 9) } })).rejects.toMatchObject({
      code: 'RONDO_CONFIG_INVALID',
      place: { field: 'space', param: 'epochs' },
    })
  })

  test('that interrupts ends a running trial in the midst of its leg, with the epochs it had', async () => {
    const impatient = scheduler(() => ({
      next: ({ history }) =>
        history.trialsLeft > 0 ? { do: 'start', budget: history.fullBudget } : { do: 'wait' },
      interrupt: ({ running }) =>
        running.number % 2 === 1 && running.reached.epochs === 2 ? { reason: 'odd' } : undefined,
    }))
    const { trials } = await runStudy({
      ...descentStudy({ scheduler: impatient, trials: 4, epochs: 6, trainer: slowDescent() }),
      store: memoryStore(),
    })
    expect(trials.map((trial) => (trial as { state: string }).state)).toEqual([
      'completed',
      'stopped',
      'completed',
      'stopped',
    ])
    expect((trials[1] as { curve: unknown[] }).curve).toHaveLength(2)
  })

  test('comes to the same where checkpoints had to go: their trials start again from their params', async () => {
    const run = async (checkpointMb: number) => {
      const store = memoryStore()
      const outcome = await runStudy({ ...descentStudy({ scheduler: halving() }), store, checkpointMb })
      const log = compose([store, systemClock()]).resolve(STORE).open('descent', 'read')
      const types = [...log.read()].map(({ event }) => event.type)
      const checkpoints = (await log.artifacts.list()).filter((name) => name.includes('checkpoint'))
      log.close()
      return { outcome, checkpoints, dropped: types.filter((type) => type === 'checkpoint.dropped').length }
    }
    const [all, none] = [await run(1), await run(0)]
    expect(none.outcome).toEqual(all.outcome)
    expect(all).toMatchObject({ dropped: 0, checkpoints: { length: 10 } })
    // The best one's stays.
    expect(none.checkpoints).toHaveLength(1)
    expect(none.dropped).toBeGreaterThanOrEqual(9)
  })

  test('finds in the log which checkpoints had to go, also where it waited when their trials became visible', async () => {
    const patient = scheduler(() => ({
      next: ({ history: { trials, trialsLeft, fullBudget } }) => {
        const budget = { epochs: 1 + trials.length, folds: 1 }
        if (trialsLeft > 0) return { do: 'start', budget }
        const paused = trials.find(({ state }) => state === 'paused')
        if (paused === undefined || trials.some(({ state }) => state === 'running')) return { do: 'wait' }
        return { do: 'resume', trial: paused.number, budget: fullBudget }
      },
    }))
    const store = memoryStore()
    const config = descentStudy({
      scheduler: patient,
      trainer: slowDescent({ epochMs: () => 5 }),
      executor: inProcess({ concurrency: 3 }),
      ordered: { lag: 2 },
      trials: 3,
      epochs: 9,
      checkpointMb: 0,
    })
    await runStudy({ ...config, store })
    const log = compose([store, systemClock()]).resolve(STORE).open('descent', 'read')
    const spokenOf = readStudy(log).state.trials.flatMap(({ checkpoint }) => checkpoint?.name ?? [])
    const there = (await log.artifacts.list()).filter((name) => name.includes('checkpoint'))
    log.close()
    expect(spokenOf).toEqual(there)
    expect(await verifyStudy({ ...config, store })).toEqual({ decisions: expect.any(Number) })
  })

  test('that interrupts is refused in an ordered study', async () => {
    const interrupts = scheduler(() => ({ next: () => ({ do: 'wait' }), interrupt: () => undefined }))
    const config = { ...descentStudy({ scheduler: interrupts, ordered: { lag: 1 } }), store: memoryStore() }
    await expect(runStudy(config)).rejects.toThrow(expect.objectContaining({ code: 'RONDO_CONFIG_INVALID' }))
  })

  test('that waits with nothing running ends in an error, not in a hang', async () => {
    const waits = scheduler(() => ({ next: () => ({ do: 'wait' }) }))
    const config = { ...descentStudy({ scheduler: waits }), store: memoryStore() }
    await expect(runStudy(config)).rejects.toThrow(expect.objectContaining({ code: 'RONDO_STUDY_DEADLOCK' }))
  })

  test.each([
    ['a budget above the full one', { do: 'start', budget: { epochs: 99, folds: 1 } } as const],
    ['half an epoch', { do: 'start', budget: { epochs: 0.5, folds: 1 } } as const],
    ['a trial that does not exist', { do: 'resume', trial: 7, budget: { epochs: 2, folds: 1 } } as const],
    ['no budget', { do: 'start' } as unknown as Decision],
    ['nothing', undefined as unknown as Decision],
  ])('that decides on %s is refused', async (_, decision) => {
    const config = {
      ...descentStudy({
        scheduler: scheduler(() => ({ next: () => decision })),
        space: { rate: float(0.1, 0.2) },
      }),
      store: memoryStore(),
    }
    await expect(runStudy(config)).rejects.toMatchObject({
      code: 'RONDO_STUDY_DECISION',
      place: { plugin: 'test-scheduler' },
    })
  })

  test.each([
    ['next', { what: 'what is to be done next' }],
    ['interrupt', { what: 'whether trial 0 is to stop', trial: 0 }],
  ] as const)('that throws in `%s` is named with what it was asked', async (method, { what, ...place }) => {
    const start = { do: 'start', budget: { epochs: 1, folds: 1 } } as const
    const faulty = scheduler(() => ({ next: () => start, [method]: boom }))
    const config = { ...descentStudy({ scheduler: faulty }), store: memoryStore() }
    await expect(runStudy(config)).rejects.toMatchObject({
      code: 'RONDO_PLUGIN_FAILED',
      message: `Plugin “test-scheduler” threw “Error: boom” when it was asked ${what}.`,
      place: { plugin: 'test-scheduler', ...place },
      cause: { message: 'boom' },
    })
  })
})

describe('a strategy', () => {
  const refused = async (suggest: () => unknown) => {
    const search = definePlugin({
      name: 'my-search',
      provides: SEARCH_STRATEGY,
      scope: 'study',
      create: (): SearchStrategy => ({ suggest: suggest as SearchStrategy['suggest'] }),
    })
    return runStudy({ ...descentStudy({ search }), store: memoryStore() }).then(
      () => undefined,
      (error: unknown) => error,
    )
  }

  test.each([
    ['', () => boom()],
    [' as a promise', async () => boom()],
  ])('that throws%s is named with what it was asked', async (_, suggest) => {
    expect(await refused(suggest)).toMatchObject({
      code: 'RONDO_PLUGIN_FAILED',
      message: 'Plugin “my-search” threw “Error: boom” when it was asked for the params of trial 1.',
      place: { plugin: 'my-search', trial: 1 },
    })
  })

  test('that suggests what is not in the space is named with the value', async () => {
    expect(await refused(() => ({ params: { rate: 3 } }))).toMatchObject({
      code: 'RONDO_STUDY_DECISION',
      message: expect.stringMatching(
        /^The strategy “my-search” suggested params that .*“rate” is 3, outside/,
      ),
      value: 3,
      place: { plugin: 'my-search', trial: 1, param: 'rate' },
    })
  })

  /** A study whose scheduler writes down the requests that it is given, and trains what is expected to be best in full. */
  const expecting = async (expectations: SearchStrategy['expectations']) => {
    const seen: { readonly asked: boolean; readonly expected: unknown }[] = []
    const interruptions: object[] = []
    const search = definePlugin({
      name: 'my-search',
      provides: SEARCH_STRATEGY,
      scope: 'study',
      create: (): SearchStrategy => ({
        suggest: ({ space, rng }) => ({ params: space.sample(rng) }),
        ...(expectations && { expectations }),
      }),
    })
    const trusting = scheduler(() => ({
      next: (request) => {
        const { history } = request
        const expected = request.expectations?.()
        // Asked again it is the same, not a new one.
        expect(request.expectations?.()).toBe(expected)
        seen.push({ asked: 'expectations' in request, expected: expected && [...expected] })
        if (history.trialsLeft > 0) return { do: 'start', budget: { epochs: 1, folds: 1 } }
        const paused = history.trials.filter(({ state }) => state === 'paused')
        const best = paused.reduce<(typeof paused)[number] | undefined>(
          (a, b) => ((expected?.get(b.number) ?? 0) > (expected?.get(a?.number ?? -1) ?? -1) ? b : a),
          undefined,
        )
        return best === undefined
          ? { do: 'wait' }
          : { do: 'resume', trial: best.number, budget: history.fullBudget }
      },
      interrupt: (request) => {
        interruptions.push(request)
        return undefined
      },
    }))
    const config = { ...descentStudy({ search, scheduler: trusting, trials: 3 }), store: memoryStore() }
    await runStudy(config)
    return { seen, interruptions, verified: await verifyStudy(config) }
  }

  test('that expects something of trials is asked by the scheduler, with the history of that moment, in a replay too', async () => {
    const { seen, interruptions, verified } = await expecting(
      ({ history }) =>
        new Map(history.trials.map(({ number, reached }) => [number, reached.epochs + number])),
    )
    const first = [
      [],
      [[0, 1]],
      [
        [0, 1],
        [1, 2],
      ],
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ]
    expect(seen.slice(0, 4).map(({ expected }) => expected)).toEqual(first)
    // The replay makes three starts and three promotions again, the most expected first.
    expect(verified).toEqual({ decisions: 6 })
    const resumed = seen[4]!.expected as [number, number][]
    expect(Math.max(...resumed.map(([, value]) => value))).toBe(resumed[2]![1])
    expect(interruptions.length).toBeGreaterThan(0)
    for (const request of interruptions) expect(request).not.toHaveProperty('expectations')
  })

  test('that expects nothing ever is not asked, and one that expects nothing yet leaves it at the values', async () => {
    expect((await expecting(undefined)).seen.every(({ asked }) => !asked)).toBe(true)
    const { seen } = await expecting(() => undefined)
    expect(seen.every(({ asked, expected }) => asked && expected === undefined)).toBe(true)
  })

  const noMap = 'must return a Map of trial numbers to numbers from expectations(), not'
  const left = 'which is no number; leave out what nothing is known of'
  test.each([
    ['an object', () => ({ 0: 1 }), `${noMap} {"0":1}`],
    ['a promise', async () => new Map(), `${noMap} a promise`],
    ['a long list', () => Array(100).fill(7), `${noMap} [${'7,'.repeat(39)}…`],
    ['no number', () => new Map([[0, Number.NaN]]), `expects NaN of trial 0, ${left}`],
    ['text', () => new Map([[0, 'much']]), `expects "much" of trial 0, ${left}`],
    [
      'something of no trial',
      () => new Map([[7, 1]]),
      'expects something of trial 7; there is no such trial',
    ],
    [
      'something of a name',
      () => new Map([['0', 1]]),
      'expects something of trial "0"; trials go by their numbers',
    ],
  ])('that expects %s is refused', async (_, expectations, message) => {
    let calls = 0
    const once = (): unknown => (calls++ === 0 ? undefined : expectations())
    await expect(expecting(once as SearchStrategy['expectations'])).rejects.toMatchObject({
      code: 'RONDO_STUDY_DECISION',
      message: `The strategy “my-search” ${message}.`,
      place: { plugin: 'my-search', field: 'expectations' },
    })
  })

  test('that throws when it is asked what it expects is named with that', async () => {
    await expect(expecting(() => boom())).rejects.toMatchObject({
      code: 'RONDO_PLUGIN_FAILED',
      message: 'Plugin “my-search” threw “Error: boom” when it was asked what it expects of the trials.',
    })
  })

  test.each([undefined, { rate: 0.1 }, 'done', null])(
    'that answers %j is told what an answer is',
    async (answer) => {
      expect(await refused(() => answer)).toMatchObject({
        code: 'RONDO_STUDY_DECISION',
        message: expect.stringContaining("an answer is { params: … }, 'wait' or 'exhausted'"),
        place: { plugin: 'my-search', trial: 1 },
      })
    },
  )
})

function boom(): never {
  throw new Error('boom')
}
