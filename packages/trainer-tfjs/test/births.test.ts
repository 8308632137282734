import type { BaselineScore, Leg } from '@rondo/core'
import { csv } from '@rondo/dataset'
import { lstm } from '@rondo/models-lstm'
import { holdout } from '@rondo/splitters'
import { expect, test } from 'vitest'
import { leg, listen, workplace } from './fixtures/study.ts'

const file = new URL('../../../examples/births/births.csv', import.meta.url)

const budget = { epochs: 16, folds: 1 }
const study = { params: { window: 28, targetTransform: 'difference-7' }, budget, fullBudget: budget }

test('US births one day ahead: 64 units on differences to last week beat every baseline on the test rows, and more so trained again on all rows before them', async () => {
  const place = workplace({
    data: csv(file, { target: 'births', calendar: true }),
    model: lstm({ units: 64, learningRate: 0.005 }),
    splitter: holdout(),
    largestWindow: 56,
  })
  const run = (over: Partial<Leg>) => place.trainer.run(leg({ ...study, ...over }), listen(place))
  const trained = await run({})
  expect(trained.summary!.step).toBe('compiled')
  const tested = await run({ kind: 'evaluate', from: trained.model! })
  const mae = tested.measurements[0]!.metrics.mae!
  expect(mae).toBeLessThan(330)
  const baselines = tested.summary!.baselines as unknown as readonly BaselineScore[]
  const best = Math.min(...baselines.map(({ metrics }) => metrics.mae!))
  // Ridge with the calendar.
  expect(best).toBeGreaterThan(355)
  expect(mae).toBeLessThan(best)

  const curve = trained.measurements.map(({ metrics }) => metrics)
  const epochs = 1 + curve.findIndex(({ val_mae }) => val_mae === Math.min(...curve.map((at) => at.val_mae!)))
  const refitted = await run({
    kind: 'refit',
    budget: { epochs, folds: 1 },
    refit: { replica: 0, learningRates: curve.map(({ learningRate }) => learningRate!) },
  })
  // More rows, the latest, but not an update more: 116 an epoch of the 3,680 or so that the fold trains on.
  expect(refitted.summary!.updates).toBe(116 * epochs)
  expect(refitted.summary!.rows).toBeGreaterThan(4500)
  const retested = await run({ kind: 'evaluate', from: refitted.model! })
  expect(retested.measurements[0]!.metrics.mae).toBeLessThanOrEqual(mae)
}, 120_000)
