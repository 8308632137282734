import { definePlugin, MODEL_BUILDER, type ModelBuilder, type Plugin, RondoError } from '@rondo/core'
import { lstm } from '@rondo/models-lstm'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { loadModel } from '../src/model/load.ts'
import { leg, listen, workplace } from './fixtures/study.ts'

/** A builder that someone else might write. */
const builderOf = (layers: (seed: (purpose: string) => number) => tf.layers.Layer[]): Plugin<ModelBuilder> =>
  definePlugin({
    name: 'other',
    provides: MODEL_BUILDER,
    scope: 'study',
    create: () => ({
      name: 'other',
      hyperparameters: [],
      space: () => ({}),
      build: ({ shapes, seed }) => {
        const input = tf.input({ shape: [shapes.steps, shapes.features] })
        let x: tf.SymbolicTensor = input
        tf.tidy(() => {
          for (const layer of layers(seed)) x = layer.apply(x) as tf.SymbolicTensor
        })
        return {
          model: tf.model({ inputs: input, outputs: x }),
          recipe: { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 0.01, batchSize: 16 },
        }
      },
    }),
  })

const glorot = (seed: number) => tf.initializers.glorotUniform({ seed })
const recurrent = (seed: (purpose: string) => number) => ({
  kernelInitializer: glorot(seed('kernel')),
  recurrentInitializer: glorot(seed('recurrent')),
})
const output = (seed: (purpose: string) => number): tf.layers.Layer =>
  tf.layers.dense({ units: 1, kernelInitializer: glorot(seed('output')) })

describe('a model of other layers', () => {
  const model = builderOf((seed) => [
    tf.layers.gru({ units: 5, ...recurrent(seed) }),
    // Its moving statistics are weights that no gradient changes.
    tf.layers.batchNormalization(),
    tf.layers.dropout({ rate: 0.3 }),
    output(seed),
  ])

  test('is trained through tfjs, in two legs as in one, and the study is told why', async () => {
    const whole = workplace({ model })
    const context = listen(whole)
    const once = await whole.trainer.run(leg({ budget: { epochs: 3, folds: 1 } }), context)
    expect(context.messages.find((message) => message.type === 'noted')?.note).toContain(
      'class BatchNormalization',
    )
    const parts = workplace({ model })
    const first = await parts.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), listen(parts))
    const second = await parts.trainer.run(
      leg({ leg: 1, budget: { epochs: 3, folds: 1 }, from: first.checkpoint! }),
      listen(parts),
    )
    expect([...first.measurements, ...second.measurements]).toEqual(once.measurements)
    expect((await parts.artifacts.read(second.model!))['weights.bin']).toEqual(
      (await whole.artifacts.read(once.model!))['weights.bin'],
    )
    expect(once.measurements[2]!.metrics.loss).toBeLessThan(once.measurements[0]!.metrics.loss!)
  })
})

test('a layer that is not to be trained keeps its weights, and the study is told why it takes longer', async () => {
  const model = builderOf((seed) => [
    tf.layers.lstm({ units: 5, name: 'frozen', trainable: false, ...recurrent(seed) }),
    output(seed),
  ])
  const weightsAfter = async (epochs: number) => {
    const place = workplace({ model })
    const context = listen(place)
    const result = await place.trainer.run(leg({ budget: { epochs, folds: 1 } }), context)
    expect(result.summary!.step).toBe('tfjs')
    expect(context.messages.find((message) => message.type === 'noted')?.note).toContain(
      'layer frozen, which is not to be trained',
    )
    const files = await place.artifacts.read(result.model!)
    const loaded = await loadModel(tf, files)
    const weights = loaded.layers.map((layer) =>
      layer.getWeights().flatMap((weight) => [...weight.dataSync()]),
    )
    loaded.dispose()
    return weights
  }
  const [, frozen, trained] = await weightsAfter(1)
  const [, later, further] = await weightsAfter(3)
  expect(frozen!.length).toBeGreaterThan(0)
  expect(later).toEqual(frozen)
  expect(further).not.toEqual(trained)
})

test.each([
  { bidirectional: true, layers: 2 },
  { bidirectional: true, cell: 'gru' },
  { layerNormalization: true, headUnits: 3 },
] as const)('%j learns through tfjs, the same in two legs as in one', async (options) => {
  const base = { units: 4, dropout: 0.2, recurrentDropout: 0.2, learningRate: 0.01, batchSize: 16 }
  const changes = { model: lstm({ ...base, ...options }), trainer: { step: 'tfjs' } as const }
  const whole = workplace(changes)
  const once = await whole.trainer.run(leg({ budget: { epochs: 3, folds: 1 } }), listen(whole))
  const parts = workplace(changes)
  const first = await parts.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), listen(parts))
  const second = await parts.trainer.run(
    leg({ leg: 1, budget: { epochs: 3, folds: 1 }, from: first.checkpoint! }),
    listen(parts),
  )
  expect([...first.measurements, ...second.measurements]).toEqual(once.measurements)
  expect(once.summary!.step).toBe('tfjs')
  expect(once.measurements[2]!.metrics.loss).toBeLessThan(once.measurements[0]!.metrics.loss!)
})

describe('a model that could not be trained as it says is refused with the layer:', () => {
  const refused: readonly [string, (seed: (purpose: string) => number) => tf.layers.Layer[], RegExp][] = [
    [
      'dropout that cannot be seeded',
      (seed) => [tf.layers.simpleRNN({ units: 2, dropout: 0.5, ...recurrent(seed) }), output(seed)],
      /rnn.*cannot be seeded/,
    ],
    [
      'noise that cannot be seeded',
      (seed) => [
        tf.layers.lstm({ units: 2, ...recurrent(seed) }),
        tf.layers.gaussianNoise({ stddev: 1 }),
        output(seed),
      ],
      /GaussianNoise/,
    ],
    [
      'a regularizer of its own',
      (seed) => [tf.layers.lstm({ units: 2, ...recurrent(seed), kernelRegularizer: 'l1l2' }), output(seed)],
      /kernelRegularizer is not followed/,
    ],
    [
      'a regularizer within a layer that is read both ways',
      (seed) => {
        const layer = tf.layers.gru({ units: 2, ...recurrent(seed), biasRegularizer: 'l1l2' }) as tf.RNN
        return [tf.layers.bidirectional({ layer, mergeMode: 'concat' }), output(seed)]
      },
      /biasRegularizer is not followed/,
    ],
    [
      'layers read both ways whose outputs are added',
      (seed) => {
        const layer = tf.layers.lstm({ units: 2, ...recurrent(seed) }) as tf.RNN
        return [tf.layers.bidirectional({ layer, mergeMode: 'sum' }), output(seed)]
      },
      /only LSTM and GRU with mergeMode concat/,
    ],
    [
      'another number of outputs',
      (seed) => [tf.layers.lstm({ units: 2, ...recurrent(seed) })],
      /2 outputs; the data needs 1/,
    ],
  ]
  test.each(refused)('%s', async (_name, layers, message) => {
    const place = workplace({ model: builderOf(layers) })
    const error = await place.trainer.run(leg(), listen(place)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RondoError)
    expect((error as RondoError).code).toBe('RONDO_MODEL_INVALID')
    expect((error as RondoError).message).toMatch(message)
  })
})
