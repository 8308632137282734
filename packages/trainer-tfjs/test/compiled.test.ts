import { dropoutSchedule, learningRateSchedule } from '@rondo/callbacks'
import { dropoutMask } from '@rondo/kernels'
import { lstm } from '@rondo/models-lstm'
import { describe, expect, test } from 'vitest'
import { fillDropoutMask } from '../src/random/dropout-mask.ts'
import { leg, listen, workplace } from './fixtures/study.ts'
import { wave } from './fixtures/wave.ts'

test('both steps draw the same masks', () => {
  const seed = 0x9abcdef1
  for (const use of ['inputs', 'recurrent'] as const) {
    const ours = fillDropoutMask(new Float32Array(203), 0.3, { seed, fold: 2, update: 5, layer: 3, use })
    expect(ours).toEqual(dropoutMask({ seed, fold: 2, step: 5, layer: 3, use }, 203, 0.3))
  }
})

describe('the compiled step trains as the step through tfjs does', () => {
  type Case = readonly [name: string, changes: Parameters<typeof workplace>[0]]
  const cases: Case[] = [
    ['one layer, Adam, both dropouts', { model: lstm({ units: 7, dropout: 0.3, recurrentDropout: 0.2 }) }],
    [
      'two layers, RMSprop, L2',
      { model: lstm({ layers: 2, units: 5, optimizer: 'rmsprop', l2: 0.01, dropout: 0.2 }) },
    ],
    [
      'SGD with momentum, Huber',
      { model: lstm({ units: 4, optimizer: 'sgd', learningRate: 0.05, loss: 'huber', huberDelta: 0.5 }) },
    ],
    [
      'AdamW, MAE, ReLU, clipped values',
      { model: lstm({ units: 4, optimizer: 'adamw', loss: 'mae', activation: 'relu', clipValue: 0.01 }) },
    ],
    [
      'pinball, hard sigmoid',
      { model: lstm({ units: 4, loss: 'pinball', quantile: 0.8, recurrentActivation: 'hardSigmoid' }) },
    ],
    ['two classes', { model: lstm({ units: 4, dropout: 0.2 }), data: wave({ task: 'classify' }) }],
    [
      'sequences of different lengths',
      { model: lstm({ units: 4, layers: 2 }), data: wave({ ragged: true }) },
    ],
    [
      'schedules of learning rate and dropout',
      {
        model: lstm({ units: 6 }),
        callbacks: [
          learningRateSchedule({ kind: 'cosine', warmup: 0.2 }),
          dropoutSchedule({ kind: 'linear', from: 0, to: 0.5 }),
        ],
      },
    ],
  ]
  test.each(cases)('%s', async (_name, changes) => {
    const objective = { metric: 'val_loss', direction: 'minimize' } as const
    const curves = []
    for (const step of ['tfjs', 'compiled'] as const) {
      const place = workplace({ ...changes, trainer: { step } })
      const result = await place.trainer.run(
        leg({ objective, budget: { epochs: 4, folds: 1 } }),
        listen(place),
      )
      expect(result.summary!.step).toBe(step)
      curves.push(result.measurements.flatMap(({ metrics }) => [metrics.loss!, metrics.val_loss!]))
    }
    const [throughTfjs, compiled] = curves
    compiled!.forEach((loss, i) => {
      expect(Math.abs(loss - throughTfjs![i]!)).toBeLessThan(1e-4 * Math.abs(throughTfjs![i]!))
    })
  })
})

test('a model that the compiled step does not cover is trained through tfjs, and the study is told why', async () => {
  const model = lstm({ units: 3, activation: 'softsign' })
  const place = workplace({ model })
  const context = listen(place)
  const result = await place.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), context)
  expect(result.summary!.step).toBe('tfjs')
  expect(context.messages.find((message) => message.type === 'noted')?.note).toContain(
    'lstm activation softsign',
  )
  const strict = workplace({ model, trainer: { step: 'compiled' } })
  await expect(strict.trainer.run(leg(), listen(strict))).rejects.toMatchObject({
    code: 'RONDO_MODEL_INVALID',
    value: ['layers[0]: lstm activation softsign'],
  })
})
