import type { BaselineScore } from '@rondo/core'
import { csv } from '@rondo/dataset'
import { lstm } from '@rondo/models-lstm'
import { holdout } from '@rondo/splitters'
import { expect, test } from 'vitest'
import { leg, listen, workplace } from './fixtures/study.ts'

const file = new URL('../../../examples/births/births.csv', import.meta.url)

test('US births one day ahead: 64 units on differences to last week beat every baseline on the test rows', async () => {
  const place = workplace({
    data: csv(file, { target: 'births', calendar: true }),
    model: lstm({ units: 64, learningRate: 0.005 }),
    splitter: holdout(),
    largestWindow: 56,
  })
  const budget = { epochs: 16, folds: 1 }
  const study = { params: { window: 28, targetTransform: 'difference-7' }, budget, fullBudget: budget }
  const trained = await place.trainer.run(leg(study), listen(place))
  expect(trained.summary!.step).toBe('compiled')
  const tested = await place.trainer.run(
    leg({ ...study, kind: 'evaluate', from: trained.model! }),
    listen(place),
  )
  const mae = tested.measurements[0]!.metrics.mae!
  expect(mae).toBeLessThan(330)
  const baselines = tested.summary!.baselines as unknown as readonly BaselineScore[]
  const best = Math.min(...baselines.map(({ metrics }) => metrics.mae!))
  // Ridge with the calendar.
  expect(best).toBeGreaterThan(355)
  expect(mae).toBeLessThan(best)
}, 120_000)
