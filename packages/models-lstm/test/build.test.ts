import {
  type BuiltModel,
  compose,
  deriveRng,
  MODEL_BUILDER,
  type ModelBuilder,
  type ModelShapes,
  type Params,
} from '@rondo/core'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readHyperparameters } from '../src/hyperparameters.ts'
import { lstm } from '../src/index.ts'
import { orthogonal } from '../src/orthogonal.ts'
import { countWeights } from '../src/size.ts'

const shapes: ModelShapes = { task: 'forecast', steps: 5, features: 3, outputs: 1, ragged: false }
const seed = (purpose: string): number => deriveRng({ seed: 1, purpose }).uint32()
const builder = compose([lstm()]).resolve(MODEL_BUILDER) as ModelBuilder<tf.LayersModel>
const build = async (params: Params, over: Partial<ModelShapes> = {}): Promise<BuiltModel<tf.LayersModel>> =>
  builder.build({ params, shapes: { ...shapes, ...over }, seed })

beforeAll(async () => {
  await tf.setBackend('cpu')
})
afterAll(() => tf.disposeVariables())

describe('the LSTM builder', () => {
  test('stacks layers with their own units and passes sequences on between them', async () => {
    const { model } = await build({ layers: 3, units: 4, 'units[2]': 6 })
    expect(model.layers.map((layer) => layer.name)).toEqual([
      'lstm_1',
      'dropout_1',
      'lstm_2',
      'dropout_2',
      'lstm_3',
      'dropout_3',
      'output',
    ])
    expect(model.layers.map((layer) => (layer.outputShape as number[]).slice(1))).toEqual([
      [5, 4],
      [5, 4],
      [5, 6],
      [5, 6],
      [4],
      [4],
      [1],
    ])
    model.dispose()
  })

  test('gives the same weights for the same seeds, whatever was built before, and others for others', async () => {
    const values = async (): Promise<number[]> => {
      const { model } = await build({ units: 8 })
      const flat = model.getWeights().flatMap((weight) => [...weight.dataSync()])
      model.dispose()
      return flat
    }
    const first = await values()
    expect(await values()).toEqual(first)
    const other = await builder.build({ params: { units: 8 }, shapes, seed: () => 7 })
    expect([...other.model.getWeights()[0]!.dataSync()]).not.toEqual(first.slice(0, 96))
    other.model.dispose()
  })
})

describe('its recipe', () => {
  test('takes the loss that fits the task, and logits’ partner as activation', async () => {
    const cases = [
      ['forecast', 1, 'mse', 'linear'],
      ['regress', 2, 'mse', 'linear'],
      ['classify', 1, 'binaryCrossentropy', 'sigmoid'],
      ['classify', 3, 'categoricalCrossentropy', 'softmax'],
    ] as const
    for (const [task, outputs, loss, activation] of cases) {
      const { model, recipe } = await build({ units: 2 }, { task, outputs })
      expect(recipe.loss).toEqual({ name: loss })
      expect(model.getLayer('output').getConfig().activation).toBe(activation)
      model.dispose()
    }
  })

  test('scales the learning rate with the batch where it is asked to', async () => {
    const rateOf = async (params: Params) => {
      const { model, recipe } = await build({ units: 2, learningRate: 0.01, ...params })
      model.dispose()
      return recipe.learningRate
    }
    expect(await rateOf({ batchSize: 128 })).toBe(0.01)
    expect(await rateOf({ batchSize: 128, learningRateScale: 'sqrt' })).toBe(0.02)
    expect(await rateOf({ batchSize: 32, learningRateScale: 'sqrt' })).toBe(0.01)
  })

  test('tells the batch size before anything is built', () => {
    const large = compose([lstm({ batchSize: 64 })]).resolve(MODEL_BUILDER)
    expect(large.batchSize!({})).toBe(64)
    expect(large.batchSize!({ batchSize: 16 })).toBe(16)
  })

  test('refuses a loss of another task before anything is built', async () => {
    const before = tf.memory().numTensors
    await expect(build({ loss: 'categoricalCrossentropy' })).rejects.toMatchObject({
      code: 'RONDO_TASK_MISMATCH',
      value: 'categoricalCrossentropy',
      place: { param: 'loss' },
    })
    expect(tf.memory().numTensors).toBe(before)
  })

  test('names the param that is out of range', async () => {
    await expect(build({ dropout: 1 })).rejects.toMatchObject({
      code: 'RONDO_MODEL_INVALID',
      value: 1,
      place: { param: 'dropout' },
    })
    await expect(build({ layers: 2, 'units[2]': 2.5 })).rejects.toMatchObject({
      code: 'RONDO_MODEL_INVALID',
      place: { param: 'units[2]' },
    })
  })

  test('refuses a size that cannot be held, without trying', async () => {
    await expect(build({ units: 1_000_000 })).rejects.toMatchObject({
      code: 'RONDO_MODEL_TOO_LARGE',
      value: 4 * (4e6 * (3 + 1e6 + 1) + 1e6 + 1),
    })
  })
})

test('the forget gates’ bias begins at what was asked, the others’ at 0', async () => {
  for (const forgetBias of [0, 1, 2.5]) {
    const { model } = await build({ units: 2, forgetBias })
    const bias = [...model.getLayer('lstm_1').getWeights()[2]!.dataSync()]
    expect(bias).toEqual([0, 0, forgetBias, forgetBias, 0, 0, 0, 0])
    model.dispose()
  }
})

test('a built and disposed model leaves no tensor behind', async () => {
  const before = tf.memory().numTensors
  const { model } = await build({ layers: 2, units: 3, forgetBias: 2 }, { ragged: true })
  model.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('orthogonal is orthonormal along its shorter side', () => {
  const q = orthogonal(3, 12, deriveRng({ seed: 3, purpose: 'q' }))
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b < 3; b++) {
      let dot = 0
      for (let c = 0; c < 12; c++) dot += q[a * 12 + c]! * q[b * 12 + c]!
      expect(dot).toBeCloseTo(a === b ? 1 : 0, 6)
    }
  }
})

describe('the gates’ biases', () => {
  test('of a GRU begin at what was asked, the candidate’s at 0', async () => {
    const { model } = await build({ cell: 'gru', units: 2, updateBias: 1.5, resetBias: -1 })
    expect([...model.getLayer('gru_1').getWeights()[2]!.dataSync()]).toEqual([1.5, 1.5, -1, -1, 0, 0])
    model.dispose()
  })

  test('of an LSTM each have their own', async () => {
    const { model } = await build({ units: 1, inputBias: -1, forgetBias: 2, outputBias: 0.5 })
    expect([...model.getLayer('lstm_1').getWeights()[2]!.dataSync()]).toEqual([-1, 2, 0, 0.5])
    model.dispose()
  })
})

describe('layers read from both ends', () => {
  test('hand on twice the units, each direction with weights of its own', async () => {
    const { model } = await build({ layers: 2, units: 4, bidirectional: true })
    expect(model.layers.map((layer) => (layer.outputShape as number[]).at(-1))).toEqual([8, 8, 8, 8, 1])
    const [ahead, , , back] = model.layers[0]!.getWeights()
    expect([...back!.dataSync()]).not.toEqual([...ahead!.dataSync()])
    model.dispose()
  })
})

test('a size that is announced is the size that is built', async () => {
  for (const params of [
    { units: 5, layers: 2, cell: 'gru', headUnits: 3 },
    { units: 3, bidirectional: true, layerNormalization: true, layers: 2 },
  ]) {
    const { model } = await build(params)
    expect(countWeights(readHyperparameters(params, {}), shapes)).toBe(model.countParams())
    model.dispose()
  }
})

test('outputs that are quantiles are learned by their pinball loss, and by no other', async () => {
  const quantiles = { outputs: 3, quantiles: [0.1, 0.5, 0.9] }
  const { model, recipe } = await build({ units: 1 }, quantiles)
  expect(recipe.loss).toEqual({ name: 'pinball', quantiles: [0.1, 0.5, 0.9] })
  model.dispose()
  await expect(build({ units: 1, loss: 'mse' }, quantiles)).rejects.toMatchObject({
    code: 'RONDO_TASK_MISMATCH',
  })
})
