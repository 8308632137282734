import { dropoutSchedule, learningRateSchedule } from '@rondo/callbacks'
import { compose, MODEL_BUILDER, type ModelBuilder, type PreparedFold } from '@rondo/core'
import { lstm } from '@rondo/models-lstm'
import type * as tfjs from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { kernelHost } from '../src/backend/kernel-host.ts'
import { startBackend } from '../src/backend/start.ts'
import { makeStep } from '../src/step/make-step.ts'
import { leg, listen, workplace } from './fixtures/study.ts'
import { wave } from './fixtures/wave.ts'

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
      'GRUs of two layers with both dropouts and a dense head',
      {
        model: lstm({
          ...{ cell: 'gru', layers: 2, units: 5, dropout: 0.2, recurrentDropout: 0.3 },
          ...{ headUnits: 4, updateBias: 1, resetBias: -0.5, recurrentInitializer: 'glorotNormal' },
        }),
      },
    ],
    [
      'LSTMs read both ways, of two layers, with both dropouts',
      { model: lstm({ bidirectional: true, layers: 2, units: 5, dropout: 0.2, recurrentDropout: 0.3 }) },
    ],
    [
      'GRUs read both ways, sequences of different lengths',
      {
        model: lstm({ bidirectional: true, cell: 'gru', layers: 2, units: 4 }),
        data: wave({ ragged: true }),
      },
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

test('both steps take the quantiles of several outputs alike, and the classes of more than two', async () => {
  const tf = await startBackend()
  const builder = compose([lstm()]).resolve(MODEL_BUILDER) as ModelBuilder<tfjs.LayersModel>
  const samples = 12
  const starts = Int32Array.from({ length: samples }, (_, i) => i)
  const batch = { starts, targets: starts }
  for (const [task, loss] of [
    ['forecast', 'pinball'],
    ['classify', 'categoricalCrossentropy'],
  ] as const) {
    const losses: number[][] = []
    for (const choice of ['tfjs', 'compiled'] as const) {
      const { model, recipe } = await builder.build({
        params: { units: 3, loss, quantile: 0.8, clipNorm: 0 },
        shapes: { task, steps: 4, features: 2, outputs: 3, ragged: false },
        seed: (purpose) => purpose.length,
      })
      const data: PreparedFold = {
        series: Float32Array.from({ length: 2 * (samples + 4) }, (_, i) => Math.sin(i)),
        features: 2,
        window: 4,
        targets: Float32Array.from({ length: 3 * samples }, (_, i) =>
          task === 'classify' ? +(i % 3 === (i / 3) % 3) : Math.cos(i),
        ),
        outputs: 3,
        trainStarts: starts,
        trainTargets: starts,
        validationStarts: starts,
        validationTargets: starts,
        weights: Float32Array.from({ length: samples }, (_, i) => i % 3),
        score: () => ({}),
        preprocess: {},
      }
      const parts = { tf, model, recipe, data, seed: 1, fold: 0, memoryMb: 100, trial: 0 }
      const { step } = await makeStep(parts, choice, 'fast')
      const curve = Array.from({ length: 10 }, (_, i) => step.train(batch, i).lossSum)
      const { outputs, weight } = step.evaluate(batch)
      expect(weight).toBe(12)
      losses.push([...curve, ...outputs])
      step.dispose()
      model.dispose()
    }
    losses[1]!.forEach((loss, i) => {
      expect(loss).toBeCloseTo(losses[0]![i]!, 4)
    })
  }
})

test('a step whose data cannot be taken leaves nothing behind in the memory of tfjs', async () => {
  const tf = await startBackend()
  const { memory } = await kernelHost(tf, 'fast')
  const builder = compose([lstm()]).resolve(MODEL_BUILDER) as ModelBuilder<tfjs.LayersModel>
  const { model, recipe } = await builder.build({
    params: { units: 128 },
    shapes: { task: 'regress', steps: 4, features: 2, outputs: 1, ragged: false },
    seed: (purpose) => purpose.length,
  })
  const rows = Int32Array.of(0, 1)
  const data: PreparedFold = {
    // Of two features, one row is half there.
    series: new Float32Array(11),
    features: 2,
    window: 4,
    targets: new Float32Array(2),
    outputs: 1,
    trainStarts: rows,
    trainTargets: rows,
    validationStarts: rows,
    validationTargets: rows,
    score: () => ({}),
    preprocess: {},
  }
  const parts = { tf, model, recipe, data, seed: 1, fold: 0, memoryMb: 100, trial: 0 }
  const sizes: number[] = []
  for (let i = 0; i < 40; i++) {
    await expect(makeStep(parts, 'compiled', 'fast')).rejects.toMatchObject({ code: 'RONDO_MODEL_INVALID' })
    sizes.push(memory.buffer.byteLength)
  }
  expect(sizes.at(-1)).toBe(sizes[0])
  model.dispose()
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
