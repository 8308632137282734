import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Activation, Build, Layer, Loss, Network, Recipe } from '../src/index.ts'
import { makeCase } from './support/case.ts'
import { compare } from './support/compare.ts'

const recipe = (loss: Loss = { name: 'mse' }): Recipe => ({
  loss,
  optimizer: { name: 'adam' },
  learningRate: 1e-3,
})

const lstm = (units: number, steps: number, features: number): Network => ({
  steps,
  features,
  layers: [
    { kind: 'lstm', units, recurrentActivation: 'sigmoid' },
    { kind: 'dense', units: 1 },
  ],
})

describe.each<{ build: Build; wide: boolean }>([
  { build: 'simd', wide: false },
  { build: 'relaxed', wide: true },
  { build: 'checked', wide: false },
  { build: 'checked', wide: true },
])('LSTM and dense, build $build, wide tiles: $wide', ({ build, wide }) => {
  test.each([
    { batch: 1, steps: 1, features: 1, units: 1 },
    { batch: 1, steps: 5, features: 3, units: 7 },
    { batch: 7, steps: 4, features: 2, units: 7 },
    { batch: 5, steps: 1, features: 9, units: 8 },
    { batch: 13, steps: 6, features: 5, units: 12 },
    { batch: 32, steps: 10, features: 8, units: 32 },
  ])(
    'batch $batch, $steps steps, $features features, $units units',
    async ({ batch, steps, features, units }) => {
      await compare(lstm(units, steps, features), recipe(), { batch, build, wide })
    },
  )
})

describe('options of the LSTM', () => {
  const activations: Activation[] = ['tanh', 'relu', 'sigmoid', 'linear', 'hardSigmoid']
  const pairs = activations.flatMap((activation) =>
    (['sigmoid', 'hardSigmoid'] as const).map((recurrentActivation) => ({ activation, recurrentActivation })),
  )

  test.each(pairs)('activation $activation, recurrent activation $recurrentActivation', async (options) => {
    const layers: Layer[] = [
      { kind: 'lstm', units: 9, ...options },
      { kind: 'dense', units: 2 },
    ]
    await compare({ steps: 5, features: 3, layers }, recipe(), { batch: 6 })
  })

  test('stacked, with sequences between', async () => {
    const layers: Layer[] = [
      { kind: 'lstm', units: 11, returnSequences: true, recurrentActivation: 'sigmoid' },
      { kind: 'lstm', units: 6, returnSequences: true },
      { kind: 'lstm', units: 8, recurrentActivation: 'sigmoid' },
      { kind: 'dense', units: 3, activation: 'tanh' },
    ]
    await compare({ steps: 7, features: 2, layers }, recipe(), { batch: 5, build: 'checked' })
  })

  test('dropout of inputs and states, and dropout layers on sequences and on vectors', async () => {
    const layers: Layer[] = [
      { kind: 'dropout', rate: 0.1 },
      { kind: 'lstm', units: 10, returnSequences: true, dropout: 0.2, recurrentDropout: 0.3 },
      { kind: 'dropout', rate: 0.4 },
      { kind: 'lstm', units: 5, dropout: 0.5, recurrentDropout: 0.25, recurrentActivation: 'sigmoid' },
      { kind: 'dropout', rate: 0.2 },
      { kind: 'dense', units: 1 },
    ]
    await compare({ steps: 6, features: 3, layers }, recipe(), { batch: 9, build: 'checked' })
  })

  test('sequences of different lengths in a batch, under recurrent dropout too', async () => {
    const layers: Layer[] = [
      { kind: 'lstm', units: 7, returnSequences: true, recurrentDropout: 0.3 },
      { kind: 'lstm', units: 9, recurrentActivation: 'sigmoid' },
      { kind: 'dense', units: 2 },
    ]
    await compare({ steps: 8, features: 3, layers }, recipe(), { batch: 11, ragged: true, build: 'checked' })
  })

  test('without biases', async () => {
    const layers: Layer[] = [
      { kind: 'lstm', units: 6, useBias: false },
      { kind: 'dense', units: 2, useBias: false },
    ]
    await compare({ steps: 4, features: 3, layers }, recipe(), { batch: 3, build: 'checked' })
  })

  test('a dense layer on each step', async () => {
    const layers: Layer[] = [
      { kind: 'dense', units: 5, activation: 'relu' },
      { kind: 'lstm', units: 6, returnSequences: true },
      { kind: 'dense', units: 4, activation: 'sigmoid' },
      { kind: 'lstm', units: 3 },
    ]
    await compare({ steps: 4, features: 3, layers }, recipe(), { batch: 7, build: 'checked' })
  })
})

describe('GRU', () => {
  test.each([
    { batch: 1, steps: 1, features: 1, units: 1 },
    { batch: 7, steps: 4, features: 2, units: 7 },
    { batch: 32, steps: 10, features: 8, units: 32 },
  ])(
    'batch $batch, $steps steps, $features features, $units units',
    async ({ batch, steps, features, units }) => {
      const layers: Layer[] = [
        { kind: 'gru', units, recurrentActivation: 'sigmoid' },
        { kind: 'dense', units: 1 },
      ]
      await compare({ steps, features, layers }, recipe(), { batch, build: 'checked' })
      await compare({ steps, features, layers }, recipe(), { batch, build: 'simd' })
    },
  )

  test('stacked with an LSTM, with dropouts, lengths and other activations', async () => {
    const layers: Layer[] = [
      {
        kind: 'gru',
        units: 10,
        returnSequences: true,
        dropout: 0.2,
        recurrentDropout: 0.3,
        activation: 'relu',
      },
      { kind: 'lstm', units: 6, returnSequences: true },
      { kind: 'gru', units: 5, useBias: false, recurrentDropout: 0.25 },
      { kind: 'dense', units: 2 },
    ]
    await compare({ steps: 7, features: 3, layers }, recipe(), { batch: 9, ragged: true, build: 'checked' })
  })
})

describe('layers read both ways', () => {
  test.each(['lstm', 'gru'] as const)('%s: the last outputs, alone', async (kind) => {
    for (const [batch, steps, units] of [
      [1, 1, 1],
      [7, 4, 7],
      [13, 5, 16],
    ] as const) {
      const layers: Layer[] = [
        { kind: 'bidirectional', layer: { kind, units, recurrentActivation: 'sigmoid' } },
        { kind: 'dense', units: 2 },
      ]
      await compare({ steps, features: 3, layers }, { ...recipe(), l2: 0.01 }, { batch, build: 'checked' })
    }
  })

  test('stacked, with dropouts and sequences of different lengths', async () => {
    const layers: Layer[] = [
      {
        kind: 'bidirectional',
        layer: { kind: 'lstm', units: 5, returnSequences: true, dropout: 0.2, recurrentDropout: 0.3 },
      },
      { kind: 'dropout', rate: 0.2 },
      { kind: 'bidirectional', layer: { kind: 'gru', units: 9, returnSequences: true, useBias: false } },
      { kind: 'bidirectional', layer: { kind: 'lstm', units: 4, dropout: 0.5 } },
      { kind: 'dense', units: 2 },
    ]
    await compare({ steps: 6, features: 3, layers }, recipe(), { batch: 9, ragged: true, build: 'checked' })
  })
})

describe('losses', () => {
  const head = (units: number, activation: Activation): Network => ({
    steps: 4,
    features: 2,
    layers: [
      { kind: 'lstm', units: 6, recurrentActivation: 'sigmoid' },
      { kind: 'dense', units: 5, activation: 'hardSigmoid' },
      { kind: 'dense', units, activation },
    ],
  })
  const cases: { loss: Loss; activation: Activation }[] = [
    { loss: { name: 'mse' }, activation: 'linear' },
    { loss: { name: 'mae' }, activation: 'relu' },
    { loss: { name: 'huber', delta: 0.3 }, activation: 'linear' },
    { loss: { name: 'pinball', quantiles: [0.1, 0.5, 0.9] }, activation: 'linear' },
    { loss: { name: 'binaryCrossentropy' }, activation: 'sigmoid' },
    { loss: { name: 'categoricalCrossentropy' }, activation: 'softmax' },
    { loss: { name: 'mse' }, activation: 'sigmoid' },
  ]
  test.each(cases)('$loss.name of $activation outputs', async ({ loss, activation }) => {
    await compare(head(3, activation), recipe(loss), { batch: 10, build: 'checked' })
  })
  test.each(cases)('$loss.name with sample weights', async ({ loss, activation }) => {
    await compare(head(3, activation), recipe(loss), { batch: 10, weighted: true })
  })
  test('quantiles go round over the outputs of several steps ahead', async () => {
    await compare(head(6, 'linear'), recipe({ name: 'pinball', quantiles: [0.1, 0.5, 0.9] }), { batch: 5 })
  })

  test('L2 on kernels only', async () => {
    await compare(head(2, 'linear'), { ...recipe(), l2: 0.01 }, { batch: 4 })
  })

  test('cross-entropies neither overflow nor lose a confident sample', async () => {
    for (const [name, activation, units] of [
      ['binaryCrossentropy', 'sigmoid', 1],
      ['categoricalCrossentropy', 'softmax', 3],
    ] as const) {
      // The last bias puts the logits at −60.
      const { step, weights, starts, targets } = await makeCase(head(units, activation), recipe({ name }), {
        batch: 6,
      })
      weights.at(-1)?.fill(-60, 0, 1)
      step.setWeights(weights)
      const { lossSum } = step.train(starts, targets, 0)
      expect(lossSum).toBeGreaterThan(50)
      expect(lossSum).toBeLessThan(6 * 70)
      const sum = step.predict(starts).reduce((total, value) => total + value, 0)
      expect(sum).toBeGreaterThan(0)
      expect(sum).toBeLessThan(units === 1 ? 1e-20 : 6 + 1e-4)
      step.dispose()
    }
  })
})

test('any shape', async () => {
  const size = (max: number) => fc.integer({ min: 1, max })
  const activation = fc.constantFrom<Activation>('tanh', 'relu', 'sigmoid', 'linear')
  const recurrentActivation = fc.constantFrom<Activation>('sigmoid', 'hardSigmoid')
  const rate = fc.constantFrom(0, 0.25, 0.5)
  const recurrent = fc.record({
    kind: fc.constantFrom('lstm' as const, 'gru' as const),
    units: size(19),
    activation,
    recurrentActivation,
    dropout: rate,
    recurrentDropout: rate,
    bothWays: fc.boolean(),
  })
  const shape = fc.record({
    batch: size(15),
    steps: size(6),
    features: size(10),
    outputs: size(4),
    seed: fc.nat(1e6),
    weighted: fc.boolean(),
    ragged: fc.boolean(),
    wide: fc.boolean(),
    stack: fc.array(recurrent, { minLength: 1, maxLength: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(
      shape,
      async ({ batch, steps, features, outputs, seed, weighted, ragged, wide, stack }) => {
        const layers = stack.map(({ bothWays, ...options }, n): Layer => {
          const layer = { ...options, returnSequences: n < stack.length - 1 }
          return bothWays ? { kind: 'bidirectional', layer } : layer
        })
        const network = { steps, features, layers: [...layers, { kind: 'dense', units: outputs }] as Layer[] }
        await compare(network, recipe(), { batch, seed, weighted, ragged, wide, build: 'checked' }, 0.1)
      },
    ),
    { numRuns: 40, seed: 7 },
  )
}, 120_000)
