import {
  definePlugin,
  inProcess,
  MODEL_BUILDER,
  type ModelBuilder,
  memoryStore,
  minimize,
  type PriorMean,
  prepareStudy,
  SEARCH_STRATEGY,
  type StudyConfig,
  TRAINER,
  type Trainer,
} from '@rondo/core'
import { csv } from '@rondo/dataset'
import { lstm } from '@rondo/models-lstm'
import { asha } from '@rondo/scheduler-asha'
import { bayes } from '@rondo/search-bayes'
import { expect, test } from 'vitest'

const data = csv(new URL('../../examples/weather/seattle-weather.csv', import.meta.url), {
  target: 'temp_max',
})

/** Brings what is expected, so that what it was trained with does not matter. */
const trainer = (scoreOf: (rate: number) => number) =>
  definePlugin({
    name: 'scripted',
    provides: TRAINER,
    scope: 'study',
    create: (): Trainer => ({
      async run({ params, objective, budget }) {
        const value = scoreOf(Number(params.learningRate))
        const epochs = Array.from({ length: budget.epochs }, (_, i) => i + 1)
        return {
          outcome: 'reached',
          measurements: epochs.map((epoch) => ({
            fold: 0,
            epoch,
            metrics: { [objective.metric]: value + 1 / epoch },
          })),
        }
      },
    }),
  })

const studyOf = (config: Partial<StudyConfig>): StudyConfig => ({
  name: 'expected',
  data,
  model: lstm(),
  objective: minimize('val_mae'),
  trainer: trainer((rate) => Math.abs(Math.log10(rate) + 2)),
  store: memoryStore(),
  trials: 4,
  ...config,
})

test('a strategy is told what the model builder expects on such data', async () => {
  const told: (PriorMean | undefined)[] = []
  const listening = definePlugin({
    name: 'listening',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    create: () => ({
      suggest: ({ space, rng, priorMean }) => {
        told.push(priorMean)
        return { params: space.sample(rng) }
      },
    }),
  })
  const study = (await prepareStudy(studyOf({ search: listening, trials: 2 }))).create()
  await study.run()
  await study.dispose()
  // The first trial is the untuned default, which no strategy is asked for.
  expect(told).toHaveLength(1)
  // Yesterday's temperature forecasts better than that of a week ago.
  const of = (targetTransform: string) => told[0]!({ targetTransform }, 1)
  expect(of('level')).toBeGreaterThan(of('difference-7'))
})

test('a study that begins with it comes out the same when it is replayed', async () => {
  const config = studyOf({ search: bayes({ initialPoints: 2 }), trials: 6 })
  const prepared = await prepareStudy(config)
  const study = prepared.create()
  await study.run()
  const verification = await prepared.verify()
  expect(verification.difference).toBeUndefined()
  expect(verification.decisions).toBeGreaterThan(5)
  await study.dispose()
})

test('under ASHA what is expected decides who goes on, a study in parts as a whole one, and a replay too', {
  timeout: 120_000,
}, async () => {
  const configOf = (expectations: boolean): StudyConfig =>
    studyOf({
      search: bayes({ initialPoints: 4 }),
      scheduler: asha({ firstRung: 1, expectations }),
      executor: inProcess({ concurrency: 2 }),
      ordered: { lag: 2 },
      store: memoryStore(),
      trials: 20,
      epochs: 9,
    })
  /** Runs a study, each session to its `events`-th event. */
  const run = async (config: StudyConfig, events: number) => {
    for (let sessions = 1; ; sessions++) {
      const session = new AbortController()
      let left = events
      const onEvent = (): void => {
        if (--left <= 0) session.abort()
      }
      const prepared = await prepareStudy(config, { observer: { onEvent } })
      const study = prepared.exists() ? prepared.resume() : prepared.create()
      const reason = await study.run(session.signal)
      const legs = study.state.trials.map(({ params, legs: own }) => ({
        params,
        budgets: own.map(({ budget }) => budget.epochs),
      }))
      const verification = reason === 'trials' ? await prepared.verify() : undefined
      await study.dispose()
      if (verification !== undefined) return { legs, sessions, verification }
    }
  }
  const whole = await run(configOf(true), Number.POSITIVE_INFINITY)
  const parts = await run(configOf(true), 25)
  expect(parts.sessions).toBeGreaterThan(2)
  expect(parts.legs).toEqual(whole.legs)
  expect(whole.verification.difference).toBeUndefined()
  expect(parts.verification.difference).toBeUndefined()
  expect(parts.verification.decisions).toBeGreaterThan(25)
  expect((await run(configOf(false), Number.POSITIVE_INFINITY)).legs).not.toEqual(whole.legs)
})

test.each([
  ['answers no number', () => () => Number.NaN, /expects NaN of .*targetTransform.* at a fidelity of 1/],
  [
    'throws',
    () => {
      throw new Error('no such table')
    },
    /threw “Error: no such table” when it was asked what it expects of the params of the space/,
  ],
])('a model builder that %s when it is asked is named', async (_, priorMean, message) => {
  const broken = definePlugin({
    name: 'broken',
    provides: MODEL_BUILDER,
    scope: 'study',
    create: () => ({ ...(lstm().create() as ModelBuilder), priorMean }),
  })
  const run = async (): Promise<void> => {
    const study = (await prepareStudy(studyOf({ model: broken, search: bayes(), trials: 6 }))).create()
    await study.run().finally(() => study.dispose())
  }
  await expect(run()).rejects.toMatchObject({
    code: 'RONDO_PLUGIN_FAILED',
    message: expect.stringMatching(message),
    place: { plugin: 'broken' },
  })
})
