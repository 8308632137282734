import {
  compose,
  definePlugin,
  float,
  memoryStore,
  prepareStudy,
  readStudy,
  SCHEDULER,
  SEARCH_STRATEGY,
  STORE,
  systemClock,
  TRAINER,
  type Trainer,
} from '@rondo/core'
import { expect, test } from 'vitest'
import { slowDescent } from './training.ts'

/** What each trial comes to. The last one repeats the first, and shows that it was lucky. */
const VALUES = [1, 4, 9, 8]

const repeating = definePlugin({
  name: 'repeating',
  provides: SEARCH_STRATEGY,
  scope: 'study',
  create: () => ({
    suggest: ({ trial, history }) =>
      trial === 3
        ? { params: history.trials[0]!.params, replicateOf: 0 }
        : { params: { rate: 0.1 * (trial + 1) } },
  }),
})

const scripted = definePlugin({
  name: 'scripted',
  provides: TRAINER,
  scope: 'study',
  create: (): Trainer => ({
    async run({ trial, objective }, { artifacts }) {
      const name = `trials/${trial}/model`
      const model = await artifacts.write(name, { 'model.json': Uint8Array.of(trial) })
      const value = VALUES[trial]!
      const measurement = { fold: 0, epoch: 1, metrics: { [objective.metric]: value } }
      return { outcome: 'reached', measurements: [measurement], model }
    },
  }),
})

test.each([{}, { ordered: { lag: 1 } }])(
  'a repetition that goes badly lets best/ show the next best, %j',
  async (more) => {
    const store = memoryStore()
    const study = (
      await prepareStudy({
        name: 'repeated',
        space: { rate: float(0, 1) },
        search: repeating,
        trainer: scripted,
        store,
        trials: 4,
        defaultTrial: false,
        ...more,
      })
    ).create()
    await study.run()
    await study.dispose()

    const log = compose([store, systemClock()]).resolve(STORE).open('repeated', 'read')
    const shown = [...log.read()].flatMap(({ event }) =>
      event.type === 'best.published' ? [event.trial] : [],
    )
    // Trials 0 and 3 come to 4.5 on average, trial 1 to 4.
    expect(shown).toEqual([0, 1])
    const { state, published } = readStudy(log)
    expect(state.best?.number).toBe(1)
    const files = await log.artifacts.read({ name: 'best', sha256: published!.model.sha256 })
    expect([...files['model.json']!]).toEqual([1])
  },
)

test('a repetition trains at once as far as what it repeats, whatever its scheduler gives a new trial', async () => {
  const asFarAs = definePlugin({
    name: 'as-far-as',
    provides: SCHEDULER,
    scope: 'study',
    create: () => ({
      next: ({ history }) => {
        const waiting = history.trials.find(({ number, state }) => number === 0 && state === 'paused')
        if (history.trialsLeft === 1 && waiting !== undefined)
          return { do: 'resume', trial: 0, budget: history.fullBudget }
        return history.trialsLeft > 0
          ? { do: 'start', budget: { epochs: 1, folds: 1 }, tags: { rung: 0 } }
          : { do: 'wait' }
      },
    }),
  })
  const store = memoryStore()
  const prepared = await prepareStudy({
    name: 'far',
    space: { rate: float(0, 1) },
    search: repeating,
    scheduler: asFarAs,
    trainer: slowDescent(),
    objective: { metric: 'value', direction: 'minimize' },
    epochs: 4,
    store,
    trials: 4,
    defaultTrial: false,
  })
  const study = prepared.create()
  await study.run()
  const budgets = study.state.trials.map(({ legs }) => legs.map(({ budget }) => budget.epochs))
  expect(budgets).toEqual([[1, 4], [1], [1], [4]])
  expect(study.state.trials[3]!.legs[0]!.tags).toEqual({})
  expect(await prepared.verify()).toMatchObject({ decisions: 5 })
  await study.dispose()
})
