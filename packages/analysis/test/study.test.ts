import {
  compose,
  definePlugin,
  float,
  int,
  type LoggedEvent,
  minimize,
  type Params,
  prepareStudy,
  RondoError,
  SEARCH_STRATEGY,
  TRAINER,
  type Trainer,
} from '@rondo/core'
import { describe, expect, test } from 'vitest'
import {
  ADVICE,
  adviceRule,
  adviceRules,
  advise,
  candidatesOf,
  correctedScore,
  importance,
  observationsOf,
  trainingRunOf,
} from '../src/index.ts'

/** Loss falls as fast as the learning rate lets it; many units widen the gap to validation. */
const curves: Trainer = {
  async run({ trial, params, budget, fullBudget }) {
    const { units, learningRate } = params as { units: number; learningRate: number }
    if (learningRate > 0.05) {
      throw new RondoError('RONDO_TRAIN_DIVERGED', {
        message: 'The train loss became NaN.',
        place: { trial },
      })
    }
    const measurements = Array.from({ length: budget.epochs }, (_, i) => {
      const loss = 0.1 + Math.exp((-(i + 1) * learningRate) / 0.002)
      const gap = 0.0003 * units
      const wiggle = 0.01 * Math.sin(97 * i + units)
      const metrics = { loss, val_loss: loss + gap, val_mae: 100 * (loss + gap) + wiggle }
      return { fold: 0, epoch: i + 1, metrics }
    })
    return {
      outcome: budget.epochs === fullBudget.epochs ? 'reached' : 'ended',
      measurements,
      summary: {
        gates: [{ fold: 0, layer: 0, gate: 'forget', mean: 0.1, closed: 0.5, open: 0 }],
        ended: [null],
      },
    }
  },
}

const drawn = definePlugin({
  name: 'drawn',
  provides: SEARCH_STRATEGY,
  scope: 'study',
  create: () => ({ suggest: ({ space, rng }) => ({ params: space.sample(rng) }) }),
})

async function studyOf(trials: number, enqueue: readonly Params[] = []) {
  const events: LoggedEvent[] = []
  const prepared = await prepareStudy(
    {
      space: { units: int(8, 512, { log: true }), learningRate: float(1e-4, 1e-1, { log: true }) },
      objective: minimize('val_mae'),
      search: drawn,
      trainer: definePlugin({ name: 'curves', provides: TRAINER, scope: 'process', create: () => curves }),
      epochs: 20,
      trials,
      enqueue,
      seed: 1,
    },
    { observer: { onEvent: (event) => events.push(event) } },
  )
  const study = prepared.create()
  await study.run()
  await study.dispose()
  return { state: study.state, events }
}

describe('a study that has run', () => {
  test('says what matters, what its best is worth, and what to try', async () => {
    const { state, events } = await studyOf(60)
    const { space, spec } = state

    const observations = observationsOf(state)
    const failed = state.trials.filter((trial) => trial.state === 'failed').length
    expect(failed).toBeGreaterThan(0)
    expect(observations.filter(({ value }) => value === undefined)).toHaveLength(failed)
    const result = importance(space, observations, { seed: spec.seed, objective: spec.objective })
    expect(result.hyperparameters[0]!.name).toBe('learningRate')

    const candidates = candidatesOf(state)
    expect(candidates).toHaveLength(60 - failed)
    const score = correctedScore(candidates, { seed: spec.seed, objective: spec.objective })
    expect(score.trial).toBe(state.best!.number)
    expect(score.noise?.from).toBe('epochs')
    expect(score.corrected).toBeGreaterThanOrEqual(score.observed)
    expect(score.untuned).toMatchObject({ trial: 0, value: state.trials[0]!.value })

    const run = trainingRunOf(events, state, state.best!.number)
    expect(run.epochs).toHaveLength(20)
    expect(run.epochs[0]!.loss).toBeLessThan(run.epochs[0]!.validationLoss!)
    expect(advise(adviceRules, run).map(({ rule }) => rule)).toContain('gates')
  })

  test('tells of a trial that diverged that it did', async () => {
    const { state, events } = await studyOf(2, [{ units: 64, learningRate: 0.09 }])
    const diverged = state.trials.find((trial) => trial.state === 'failed')!
    const advice = advise(adviceRules, trainingRunOf(events, state, diverged.number))
    expect(advice.map(({ tryNext }) => tryNext)).toEqual([{ param: 'learningRate', value: 0.009 }])
  })

  test('names a trial that it does not have', async () => {
    const { state, events } = await studyOf(1)
    expect(() => trainingRunOf(events, state, 9)).toThrow(
      expect.objectContaining({ code: 'RONDO_STUDY_NO_TRIAL', value: 9 }),
    )
  })
})

test('rules of several plugins are composed into one list', async () => {
  const own = adviceRule({ name: 'praise', order: 1, look: () => undefined })
  const composition = compose([...adviceRules.map(adviceRule), own])
  try {
    expect(composition.resolve(ADVICE).map(({ name }) => name)).toEqual([
      ...adviceRules.map(({ name }) => name),
      'praise',
    ])
  } finally {
    await composition.dispose()
  }
})
