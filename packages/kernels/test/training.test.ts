import { describe, expect, test } from 'vitest'
import { compileStep, type Network, type Optimizer, type Recipe } from '../src/index.ts'
import { reference } from './reference/network.ts'
import { hostOf, makeCase, relativeError } from './support/case.ts'
import { uniform } from './support/random.ts'

const network: Network = {
  steps: 6,
  features: 3,
  layers: [
    { kind: 'lstm', units: 9, recurrentActivation: 'sigmoid', dropout: 0.2, recurrentDropout: 0.2 },
    { kind: 'dropout', rate: 0.3 },
    { kind: 'dense', units: 2 },
  ],
}
const recipe: Recipe = { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 1e-2 }

type Arrays = readonly (readonly number[])[]

/** Keras' update rules in double precision: weights after each of the gradients given. */
const RULES: {
  readonly optimizer: Optimizer
  readonly expected: (w: number, gradients: readonly number[]) => number
}[] = [
  {
    optimizer: { name: 'sgd', momentum: 0.9 },
    expected(w, gradients) {
      let v = 0
      for (const g of gradients) {
        v = 0.9 * v - 0.01 * g
        w += v
      }
      return w
    },
  },
  {
    optimizer: { name: 'rmsprop' },
    expected(w, gradients) {
      let v = 0
      for (const g of gradients) {
        v = 0.9 * v + 0.1 * g * g
        w -= (0.01 * g) / Math.sqrt(v + 1e-7)
      }
      return w
    },
  },
  ...(['adam', 'adamw'] as const).map((name) => ({
    optimizer: { name },
    expected(w: number, gradients: readonly number[]) {
      let m = 0
      let v = 0
      for (const [n, g] of gradients.entries()) {
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        const decayed = name === 'adamw' ? w * (1 - 0.01 * 0.004) : w
        const rate = (0.01 * Math.sqrt(1 - 0.999 ** (n + 1))) / (1 - 0.9 ** (n + 1))
        w = decayed - (rate * m) / (Math.sqrt(v) + 1e-7)
      }
      return w
    },
  })),
]

describe('optimizers follow Keras', () => {
  test.each(RULES)('$optimizer.name', async ({ optimizer, expected }) => {
    const { step, weights, starts, targets } = await makeCase(network, { ...recipe, optimizer }, { batch: 5 })
    const history: Float32Array[][] = []
    for (let n = 0; n < 4; n++) {
      step.train(starts, targets, n)
      history.push(step.gradients())
    }
    const after: Arrays = weights.map((weight, i) =>
      [...weight].map((w, k) =>
        expected(
          w,
          history.map((gradients) => gradients[i]?.[k] as number),
        ),
      ),
    )
    for (const [i, weight] of step.weights().entries()) {
      expect(relativeError(weight, after[i] as number[])).toBeLessThan(1e-6)
    }
    step.dispose()
  })
})

describe('clipping', () => {
  test('by norm scales the gradient of all weights together', async () => {
    const plain = await makeCase(network, recipe, { batch: 5 })
    const { gradientNorm } = plain.step.train(plain.starts, plain.targets, 0)
    const clipped = await makeCase(network, { ...recipe, clipNorm: gradientNorm / 4 }, { batch: 5 })
    expect(clipped.step.train(clipped.starts, clipped.targets, 0).gradientNorm).toBe(gradientNorm)
    const expected = plain.step.gradients().map((gradient) => gradient.map((g) => g / 4))
    for (const [n, gradient] of clipped.step.gradients().entries()) {
      expect(relativeError(gradient, expected[n] as Float32Array)).toBeLessThan(1e-6)
    }
  })

  test('by value cuts each component', async () => {
    const plain = await makeCase(network, recipe, { batch: 5 })
    plain.step.train(plain.starts, plain.targets, 0)
    const limit = 0.01
    const clipped = await makeCase(network, { ...recipe, clipValue: limit }, { batch: 5 })
    clipped.step.train(clipped.starts, clipped.targets, 0)
    const cut = Math.fround(limit)
    const expected = plain.step.gradients().map((g) => g.map((x) => Math.max(-cut, Math.min(cut, x))))
    expect(expected.flatMap((g) => [...g]).filter((g) => Math.abs(g) === cut).length).toBeGreaterThan(0)
    expect(clipped.step.gradients()).toEqual(expected)
  })

  test('brings back gradients whose squares overflow single precision', async () => {
    const huge: Recipe = { ...recipe, clipNorm: 1 }
    const { step, starts, targets, data } = await makeCase(network, huge, { batch: 5 })
    step.load({ ...data, targets: data.targets.map((y) => y * 1e25) })
    const { gradientNorm } = step.train(starts, targets, 0)
    expect(gradientNorm).toBeGreaterThan(1e24)
    const norm = Math.hypot(...step.gradients().flatMap((g) => [...g]))
    expect(norm).toBeCloseTo(1, 4)
    expect(step.weights().every((weight) => weight.every(Number.isFinite))).toBe(true)
  })
})

test('NaN in the data shows in loss and norm, and leaves other samples’ outputs alone', async () => {
  const { step, starts, targets, data } = await makeCase(network, recipe, { batch: 5 })
  const clean = step.predict(starts)
  const series = data.series.slice()
  // Only the first window, rows 0 to 5, begins before row 2.
  series[0] = Number.NaN
  step.load({ ...data, series })
  const outputs = step.predict(starts)
  expect([...outputs.subarray(0, 2)]).toEqual([Number.NaN, Number.NaN])
  expect(outputs.subarray(2)).toEqual(clean.subarray(2))
  const { lossSum, gradientNorm } = step.train(starts, targets, 0)
  expect(lossSum).toBeNaN()
  expect(gradientNorm).toBeNaN()
})

test('gradients that explode without clipping are seen as such, and stay within the memory', async () => {
  const layers: Network['layers'] = [
    { kind: 'lstm', units: 7, activation: 'linear', returnSequences: true },
    { kind: 'gru', units: 5, activation: 'linear' },
    { kind: 'dense', units: 2 },
  ]
  const how: Recipe = { ...recipe, optimizer: { name: 'sgd' }, learningRate: 1e6 }
  const { step, starts, targets, weights } = await makeCase({ ...network, steps: 40, layers }, how, {
    batch: 5,
    build: 'checked',
    spread: 4,
  })
  const norms: number[] = []
  for (let update = 0; update < 4; update++) norms.push(step.train(starts, targets, update).gradientNorm)
  expect(norms.every(Number.isFinite)).toBe(false)
  // And a step is as good as new with weights that are.
  step.setWeights(weights.map((weight) => weight.map((w) => w / 10)))
  expect(step.train(starts, targets, 0).gradientNorm).toBeGreaterThan(0)
  expect(step.gradients().every((gradient) => gradient.every(Number.isFinite))).toBe(true)
})

test('a smaller last batch gives what a step made for its size gives', async () => {
  const large = await makeCase(network, recipe, { batch: 8 })
  const small = compileStep(network, recipe, await hostOf('relaxed'), { batchSize: 3, seed: 1, fold: 2 })
  small.load(large.data)
  small.setWeights(large.weights)
  const starts = large.starts.subarray(0, 3)
  const targets = large.targets.subarray(0, 3)
  // What a larger batch left behind must not show.
  large.step.train(large.starts, large.targets, 0)
  large.step.setWeights(large.weights)
  expect(large.step.train(starts, targets, 1)).toEqual(small.train(starts, targets, 1))
  expect(large.step.gradients()).toEqual(small.gradients())
})

describe('same seed, same bits', () => {
  const run = async (updates: number, from = 0, snapshot?: Uint8Array) => {
    const { step, starts, targets } = await makeCase(network, recipe, { batch: 6, seed: 4 })
    if (snapshot) step.restore(snapshot)
    const losses: number[] = []
    for (let n = from; n < updates; n++) losses.push(step.train(starts, targets, n).lossSum)
    const result = { losses, weights: step.weights(), snapshot: step.snapshot() }
    step.dispose()
    return result
  }

  test('twice', async () => {
    expect(await run(10)).toEqual(await run(10))
  })

  test('after a snapshot in the middle', async () => {
    const whole = await run(10)
    const half = await run(5)
    const rest = await run(10, 5, half.snapshot)
    expect(rest.weights).toEqual(whole.weights)
    expect([...half.losses, ...rest.losses]).toEqual(whole.losses)
  })

  test('another seed gives other masks', async () => {
    const { step, starts, targets, weights, data } = await makeCase(network, recipe, { batch: 6, seed: 4 })
    const other = compileStep(network, recipe, await hostOf('relaxed'), { batchSize: 6, seed: 5, fold: 2 })
    other.load(data)
    other.setWeights(weights)
    expect(other.train(starts, targets, 0).lossSum).not.toBe(step.train(starts, targets, 0).lossSum)
  })
})

test('a snapshot of another network is refused', async () => {
  const { step } = await makeCase(network, recipe, { batch: 2 })
  const other = await makeCase({ ...network, features: 4 }, recipe, { batch: 2 })
  expect(() => step.restore(other.step.snapshot())).toThrow(
    expect.objectContaining({ code: 'RONDO_KERNEL_INVALID' }),
  )
})

test('learning rate and dropout can be changed between updates', async () => {
  const { step, starts, targets, weights, data } = await makeCase(network, recipe, { batch: 6 })
  step.setDropout(0.6)
  const masks = { seed: 1, fold: 2, step: 0 }
  const layers = network.layers.map((layer) =>
    layer.kind === 'lstm'
      ? { ...layer, dropout: 0.6 }
      : layer.kind === 'dropout'
        ? { ...layer, rate: 0.6 }
        : layer,
  )
  const expected = reference({ ...network, layers }, recipe, weights, data, { starts, targets, masks })
  expect(relativeError([step.train(starts, targets, 0).lossSum], [expected.lossSum])).toBeLessThan(1e-5)
  step.setLearningRate(0)
  const before = step.weights()
  step.train(starts, targets, 1)
  expect(step.weights()).toEqual(before)
})

test('evaluation and prediction go over more samples than a batch', async () => {
  const { step, data, weights } = await makeCase(network, recipe, { batch: 4 })
  const starts = Int32Array.from({ length: 11 }, (_, n) => n)
  const targets = starts.map((start) => start + 5)
  const expected = reference(network, recipe, weights, data, { starts, targets })
  const { lossSum, weight, outputs } = step.evaluate(starts, targets)
  expect(weight).toBe(11)
  expect(outputs).toEqual(step.predict(starts))
  expect(relativeError([lossSum], [expected.lossSum])).toBeLessThan(1e-5)
  expect(relativeError(step.predict(starts), expected.outputs.flat())).toBeLessThan(1e-5)
})

test('learns: the loss on a series that repeats falls to a hundredth', async () => {
  const layers: Network['layers'] = [
    { kind: 'lstm', units: 16, recurrentActivation: 'sigmoid' },
    { kind: 'dense', units: 1 },
  ]
  const step = compileStep(
    { steps: 8, features: 1, layers },
    { ...recipe, clipNorm: 1 },
    await hostOf('relaxed'),
    {
      batchSize: 32,
    },
  )
  const wave = Float32Array.from({ length: 300 }, (_, n) => Math.sin(n / 3))
  step.load({ series: wave, targets: wave })
  step.setWeights(
    step.weightDescriptions.map(({ shape }, n) =>
      uniform(
        shape.reduce((a, b) => a * b),
        n,
        0.3,
      ),
    ),
  )
  const rows = Int32Array.from({ length: 290 }, (_, n) => n)
  const next = rows.map((row) => row + 8)
  const first = step.evaluate(rows, next).lossSum
  for (let n = 0; n < 300; n++) {
    const batch = Int32Array.from({ length: 32 }, (_, b) => (n * 37 + b * 9) % 290)
    step.train(
      batch,
      batch.map((row) => row + 8),
      n,
    )
  }
  expect(step.evaluate(rows, next).lossSum).toBeLessThan(first / 100)
})

test('telemetry gives mean and saturation of each gate', async () => {
  const { step, weights, starts } = await makeCase(network, recipe, { batch: 6 })
  // Biases that hold the input gate shut and the forget gate open.
  const bias = (weights[2] as Float32Array).fill(0)
  bias.fill(-20, 0, 9).fill(20, 9, 18)
  step.setWeights(weights)
  const [gates] = step.telemetry(starts)
  expect(gates).toMatchObject({ layer: 0, input: { closed: 1, open: 0 }, forget: { closed: 0, open: 1 } })
  expect(gates?.output.mean).toBeGreaterThan(0.3)
  expect(gates?.output.mean).toBeLessThan(0.7)
})
