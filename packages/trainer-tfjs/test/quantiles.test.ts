import { csv } from '@rondo/dataset'
import { lstm } from '@rondo/models-lstm'
import { holdout } from '@rondo/splitters'
import { expect, test } from 'vitest'
import { leg, listen, workplace } from './fixtures/study.ts'

const file = new URL('../../../examples/weather/seattle-weather.csv', import.meta.url)

test.each(['compiled', 'tfjs'] as const)(
  'quantiles are trained on the %s step by their pinball loss, all of them at once',
  async (step) => {
    const place = workplace({
      data: csv(file, { target: 'temp_max', features: ['temp_max'], quantiles: [0.1, 0.5, 0.9] }),
      model: lstm({ units: 8, learningRate: 0.01, batchSize: 64 }),
      splitter: holdout(),
      trainer: { step },
    })
    const budget = { epochs: 4, folds: 1 }
    const trained = await place.trainer.run(
      leg({ params: { window: 4 }, budget, fullBudget: budget }),
      listen(place),
    )
    const [first, last] = [trained.measurements[0]!.metrics, trained.measurements.at(-1)!.metrics]
    expect(last.val_pinball).toBeLessThan(first.val_pinball!)
    // Of three quantiles the middle one is the forecast: half its absolute error is its own share of the loss.
    expect(last.val_pinball).toBeLessThan(last.val_mae! / 2)
  },
)
