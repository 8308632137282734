import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  compileStep,
  describeModel,
  type Recipe,
  standaloneHost,
  type TfjsHost,
  type TrainingData,
  type TrainingStep,
  tfjsHost,
  uncovered,
} from '../src/index.ts'
import { relativeError } from './support/case.ts'
import { uniform } from './support/random.ts'
import { startTfjs } from './support/tfjs.ts'

let host: TfjsHost
beforeAll(async () => {
  await startTfjs()
  host = await tfjsHost(tf.backend())
})

const recipe: Recipe = { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 1e-3 }

/** Compiles a tfjs model to be trained where its variables are. */
function compileModel(model: tf.LayersModel, how: Recipe, batchSize: number): TrainingStep {
  const { network, weights, uncovered: missing } = describeModel(model)
  expect(missing).toEqual([])
  expect(uncovered(network, how)).toEqual([])
  const weightAddresses = weights.map((weight) => () => host.addressOf(weight.read()))
  return compileStep(network, how, host, { batchSize, weightAddresses })
}

const STEPS = 6
const FEATURES = 3

function stacked(outputs = 2): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.lstm({
        units: 7,
        inputShape: [STEPS, FEATURES],
        returnSequences: true,
        recurrentActivation: 'sigmoid',
      }),
      tf.layers.lstm({ units: 8, activation: 'relu', returnSequences: true }),
      tf.layers.gru({ units: 6 }),
      tf.layers.dense({ units: 5, activation: 'tanh' }),
      tf.layers.dense({ units: outputs }),
    ],
  })
}

/** Layers that read both ways, their sequences and their last outputs. */
function bothWays(): tf.Sequential {
  const lstm = tf.layers.lstm({ units: 5, returnSequences: true, recurrentActivation: 'sigmoid' })
  const first = tf.layers.bidirectional({
    layer: lstm as tf.RNN,
    inputShape: [STEPS, FEATURES],
    mergeMode: 'concat',
  })
  const gru = tf.layers.gru({ units: 8, activation: 'relu' }) as tf.RNN
  const second = tf.layers.bidirectional({ layer: gru, mergeMode: 'concat' })
  return tf.sequential({ layers: [first, second, tf.layers.dense({ units: 2 })] })
}

const ROWS = 40
const data: TrainingData = { series: uniform(ROWS * FEATURES, 5), targets: uniform(ROWS * 2, 6) }
const starts = Int32Array.from({ length: 9 }, (_, b) => 3 * b)

/** The windows that `starts` stand for, as tfjs takes them. */
function windows(from: Int32Array): tf.Tensor3D {
  const values = [...from].flatMap((start) => [
    ...data.series.subarray(start * FEATURES, (start + STEPS) * FEATURES),
  ])
  return tf.tensor3d(values, [from.length, STEPS, FEATURES])
}

function targetRows(from: Int32Array): tf.Tensor2D {
  return tf.tensor2d(
    [...from].flatMap((row) => [...data.targets.subarray(row * 2, row * 2 + 2)]),
    [from.length, 2],
  )
}

describe('in the memory of tfjs', () => {
  test.each([
    ['stacked', stacked],
    ['read both ways', bothWays],
  ])('outputs and gradients are those of tfjs’s own layers: %s', (_, make) => {
    const model = make()
    const step = compileModel(model, recipe, 9)
    step.load(data)
    const outputs = step.predict(starts)
    const own = (model.predict(windows(starts)) as tf.Tensor).dataSync()
    expect(relativeError(outputs, own)).toBeLessThan(1e-5)
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable)
    const { grads } = tf.variableGrads(() => {
      const p = model.apply(windows(starts)) as tf.Tensor
      return tf.losses.meanSquaredError(targetRows(starts), p).asScalar()
    }, variables)
    step.train(starts, starts, 0)
    for (const [n, gradient] of step.gradients().entries()) {
      const expected = (grads[(variables[n] as tf.Variable).name] as tf.Tensor).dataSync()
      expect(relativeError(gradient, expected), step.weightDescriptions[n]?.name).toBeLessThan(1e-5)
    }
    step.dispose()
    model.dispose()
  })

  test('an update is seen by model.predict and model.getWeights without copying', () => {
    const model = stacked()
    const step = compileModel(model, recipe, 9)
    step.load(data)
    const before = model.getWeights().map((weight) => weight.dataSync().slice())
    step.train(starts, starts, 0)
    for (const [n, weight] of model.getWeights().entries()) {
      expect(weight.dataSync()).not.toEqual(before[n])
      expect(weight.dataSync()).toEqual(step.weights()[n])
    }
    const own = (model.predict(windows(starts)) as tf.Tensor).dataSync()
    expect(relativeError(step.predict(starts), own)).toBeLessThan(1e-5)
    // And the other way: what tfjs assigns is what the next update starts from.
    model.setWeights(before.map((values, n) => tf.tensor(values, model.getWeights()[n]?.shape)))
    expect(step.weights()).toEqual(before)
    step.dispose()
    model.dispose()
  })

  test('survives the growth of tfjs’s memory between calls', () => {
    const model = stacked()
    const step = compileModel(model, recipe, 9)
    step.load(data)
    const bytes = host.memory.buffer.byteLength
    const { lossSum } = step.evaluate(starts, starts)
    const large = tf.zeros([bytes / 4])
    expect(host.memory.buffer.byteLength).toBeGreaterThan(bytes)
    expect(step.evaluate(starts, starts).lossSum).toBe(lossSum)
    expect(step.train(starts, starts, 0).lossSum).toBe(lossSum)
    large.dispose()
    step.dispose()
    model.dispose()
  })

  test('a thousand updates amid work of tfjs leave both whole, while the memory grows', async () => {
    const model = stacked()
    const start = model.getWeights().map((weight) => weight.dataSync().slice() as Float32Array)
    const portable = await tfjsHost(tf.backend(), { numerics: 'portable' })
    const { network, weights } = describeModel(model)
    const step = compileStep(network, recipe, portable, {
      batchSize: 9,
      weightAddresses: weights.map((weight) => () => portable.addressOf(weight.read())),
    })
    const alone = compileStep(network, recipe, await standaloneHost({ numerics: 'portable' }), {
      batchSize: 9,
    })
    step.load(data)
    alone.load(data)
    alone.setWeights(start)
    const kept: { readonly tensor: tf.Tensor1D; readonly values: Float32Array }[] = []
    const { numTensors } = tf.memory()
    const before = portable.memory.buffer.byteLength
    let grown = before
    for (let update = 0; update < 1000; update++) {
      expect(step.train(starts, starts, update)).toEqual(alone.train(starts, starts, update))
      if (update % 5 === 0) {
        // Tensors come and go around the step's own memory; some stay, and every hundredth time the memory must grow.
        tf.tidy(() => void tf.square(tf.ones([1 + ((update * 37) % 900)])))
        const values = uniform(1 + ((update * 13) % 300), update)
        kept.push({ tensor: tf.tensor1d(values), values })
        if (update % 2 === 1) kept.splice((update * 7) % kept.length, 1)[0]?.tensor.dispose()
      }
      if (update % 250 === 100) {
        const bytes = portable.memory.buffer.byteLength
        const large = tf.zeros([bytes / 4])
        grown = portable.memory.buffer.byteLength
        expect(grown).toBeGreaterThan(bytes)
        large.dispose()
      }
    }
    for (const { tensor, values } of kept) expect(tensor.dataSync()).toEqual(values)
    expect(model.getWeights().map((weight) => weight.dataSync())).toEqual(alone.weights())
    tf.dispose(kept.map(({ tensor }) => tensor))
    expect(tf.memory().numTensors).toBe(numTensors)
    expect(grown).toBeGreaterThan(before)
    step.dispose()
    alone.dispose()
    model.dispose()
  }, 60_000)

  test('gives all memory back: a thousand steps compiled and disposed of fit where one did', () => {
    const model = stacked()
    const once = () => {
      const step = compileModel(model, recipe, 64)
      step.load(data)
      step.train(starts, starts, 0)
      step.dispose()
      return step.bytes
    }
    const size = once()
    const { numTensors } = tf.memory()
    const { byteLength } = host.memory.buffer
    expect(size * 1000).toBeGreaterThan(byteLength)
    for (let n = 0; n < 1000; n++) once()
    expect(host.memory.buffer.byteLength).toBe(byteLength)
    expect(tf.memory().numTensors).toBe(numTensors)
    model.dispose()
  })

  test('fifty epochs on the births of a year: the loss curve is tfjs’s own', async () => {
    const csv = new URL('../../../examples/births/births.csv', import.meta.url)
    const lines = readFileSync(csv, 'utf8')
      .trim()
      .split('\n')
      .slice(1, 1 + 365)
    const series = Float32Array.from(lines, (line) => (Number(line.split(',')[1]) - 11_000) / 2000)
    const window = 7
    const make = () =>
      tf.sequential({
        layers: [
          tf.layers.lstm({ units: 16, inputShape: [window, 1], recurrentActivation: 'sigmoid' }),
          tf.layers.dense({ units: 1 }),
        ],
      })
    const model = make()
    const twin = make()
    for (const each of [model, twin]) {
      each.setWeights(each.getWeights().map(({ size, shape }, n) => tf.tensor(uniform(size, n, 0.4), shape)))
    }
    // Keras adds ε to √v, tfjs to √(v/(1 − β₂ᵗ)): a small ε makes them the same rule.
    const epsilon = 1e-9
    const optimizer = tf.train.adam(1e-3, 0.9, 0.999, epsilon)
    twin.compile({ loss: 'meanSquaredError', optimizer })
    const step = compileModel(model, { ...recipe, optimizer: { name: 'adam', epsilon } }, 80)
    step.load({ series, targets: series })
    const ours: number[] = []
    const theirs: number[] = []
    for (let epoch = 0, update = 0; epoch < 50; epoch++) {
      let sums = [0, 0] as [number, number]
      for (let first = 0; first < 320; first += 80) {
        const rows = Int32Array.from({ length: 80 }, (_, b) => ((first + b) * 29) % 358)
        const next = rows.map((row) => row + window)
        const values = [...rows].flatMap((row) => [...series.subarray(row, row + window)])
        const x = tf.tensor3d(values, [80, window, 1])
        const y = tf.tensor2d(
          Array.from(next, (row) => series[row] as number),
          [80, 1],
        )
        const own = step.train(rows, next, update++).lossSum / 80
        sums = [sums[0] + own, sums[1] + ((await twin.trainOnBatch(x, y)) as number)]
        tf.dispose([x, y])
      }
      ours.push(sums[0])
      theirs.push(sums[1])
    }
    expect(theirs.at(-1)).toBeLessThan((theirs[0] as number) / 2)
    expect(relativeError(ours, theirs)).toBeLessThan(1e-5)
    optimizer.dispose()
    step.dispose()
  }, 60_000)
})

describe('what is not covered has a name', () => {
  test.each([
    ['a simple RNN', tf.layers.simpleRNN({ units: 2, inputShape: [4, 2], name: 's' }), 'layer s: SimpleRNN'],
    [
      'going backwards',
      tf.layers.lstm({ units: 2, inputShape: [4, 2], goBackwards: true, name: 'l' }),
      'layer l: goBackwards',
    ],
    [
      'directions that are added',
      tf.layers.bidirectional({
        layer: tf.layers.lstm({ units: 2 }) as tf.RNN,
        inputShape: [4, 2],
        mergeMode: 'sum',
        name: 'b',
      }),
      'layer b: mergeMode sum',
    ],
    [
      'a regulariser of its own',
      tf.layers.lstm({ units: 2, inputShape: [4, 2], name: 'r', kernelRegularizer: 'l1l2' }),
      'layer r: kernelRegularizer',
    ],
  ])('%s', (_, layer, phrase) => {
    const model = tf.sequential({ layers: [layer, tf.layers.dense({ units: 1 })] })
    expect(describeModel(model).uncovered).toEqual([phrase])
  })

  test('a branch', () => {
    const input = tf.input({ shape: [4, 2] })
    const a = tf.layers.lstm({ units: 2, name: 'a' }).apply(input) as tf.SymbolicTensor
    const b = tf.layers.lstm({ units: 2, name: 'b' }).apply(input) as tf.SymbolicTensor
    const sum = tf.layers.add({ name: 'sum' }).apply([a, b]) as tf.SymbolicTensor
    const { uncovered: missing } = describeModel(tf.model({ inputs: input, outputs: sum }))
    expect(missing).toContain('layer b: not in one line with the others')
    expect(missing).toContain('layer sum: Add')
  })

  test('an activation, a loss without its activation, an output that is a sequence', () => {
    const network = describeModel(
      tf.sequential({
        layers: [tf.layers.lstm({ units: 2, inputShape: [4, 2], activation: 'elu', returnSequences: true })],
      }),
    ).network
    expect(uncovered(network, { ...recipe, loss: { name: 'binaryCrossentropy' } })).toEqual([
      'layers[0]: lstm activation elu',
      'output that is a sequence',
      'loss binaryCrossentropy of an output with activation linear',
    ])
    expect(() => compileStep(network, recipe, host, { batchSize: 1 })).toThrow(
      expect.objectContaining({ code: 'RONDO_KERNEL_UNCOVERED' }),
    )
  })

  test('a backend without a memory to share', async () => {
    await tf.setBackend('cpu')
    await expect(tfjsHost(tf.backend())).rejects.toMatchObject({ code: 'RONDO_KERNEL_UNAVAILABLE' })
    await tf.setBackend('wasm')
  })
})
