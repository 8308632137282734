import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildFor, type CompiledBuild, loadBuild } from '../src/module.ts'
import { patchLstm } from '../src/tfjs/patch-lstm.ts'
import { relativeError } from './support/case.ts'
import { uniform } from './support/random.ts'
import { startTfjs } from './support/tfjs.ts'

let compiled: CompiledBuild
let unpatch: (() => void) | undefined
beforeAll(async () => {
  await startTfjs()
  compiled = await loadBuild(buildFor('fast'))
})
afterEach(() => {
  unpatch?.()
  unpatch = undefined
})
const patch = () => {
  unpatch = patchLstm(compiled)
}

const x = () => tf.tensor3d(uniform(5 * 6 * 3, 3), [5, 6, 3])

function modelOf(...layers: tf.layers.Layer[]): tf.LayersModel {
  const model = tf.sequential({ layers: [...layers, tf.layers.dense({ units: 2 })] })
  model.setWeights(model.getWeights().map(({ size, shape }, n) => tf.tensor(uniform(size, n, 0.5), shape)))
  return model
}

/** Output and gradients of a custom loss, and which operations made them. */
async function results(model: tf.LayersModel, input: tf.Tensor) {
  const loss = () => tf.tidy(() => (model.apply(input) as tf.Tensor).square().sum().asScalar())
  const { kernelNames } = await tf.profile(() => tf.tidy(() => model.predict(input) as tf.Tensor).dispose())
  const { grads } = tf.variableGrads(loss)
  const gradients = model.trainableWeights.map(
    (weight) => grads[(weight.read() as tf.Variable).name]?.dataSync() as Float32Array,
  )
  tf.dispose(grads)
  const output = tf.tidy(() => (model.predict(input) as tf.Tensor).dataSync())
  return { output, gradients, compiled: kernelNames.includes('RondoLstm') }
}

describe('the patched layer', () => {
  test.each([
    ['one', () => modelOf(tf.layers.lstm({ units: 7, inputShape: [6, 3] }))],
    [
      'stacked, other activations, without a bias',
      () =>
        modelOf(
          tf.layers.lstm({
            units: 8,
            inputShape: [6, 3],
            returnSequences: true,
            recurrentActivation: 'sigmoid',
          }),
          tf.layers.lstm({ units: 5, activation: 'relu', useBias: false }),
        ),
    ],
    [
      'behind a layer that is not ours',
      () =>
        modelOf(
          tf.layers.simpleRNN({ units: 4, inputShape: [6, 3], returnSequences: true }),
          tf.layers.lstm({ units: 9, returnSequences: true }),
          tf.layers.flatten(),
        ),
    ],
  ])('gives the outputs and gradients of tfjs: %s', async (_, make) => {
    const model = make()
    const input = x()
    const plain = await results(model, input)
    patch()
    const patched = await results(model, input)
    expect([plain.compiled, patched.compiled]).toEqual([false, true])
    expect(relativeError(patched.output, plain.output)).toBeLessThan(1e-5)
    for (const [n, gradient] of patched.gradients.entries()) {
      expect(relativeError(gradient, plain.gradients[n] as Float32Array)).toBeLessThan(1e-5)
    }
  })

  test('gives gradients by its input', () => {
    const layer = tf.layers.lstm({ units: 4, inputShape: [6, 3] })
    const model = modelOf(layer)
    const gradient = () =>
      tf.tidy(() =>
        tf
          .grad((input) => (model.apply(input) as tf.Tensor).square().sum())(x())
          .dataSync(),
      )
    const plain = gradient()
    patch()
    expect(relativeError(gradient(), plain)).toBeLessThan(1e-5)
  })

  test.each([
    ['a mask', () => modelOf(tf.layers.masking({ inputShape: [6, 3] }), tf.layers.lstm({ units: 4 }))],
    ['an activation', () => modelOf(tf.layers.lstm({ units: 4, inputShape: [6, 3], activation: 'elu' }))],
    ['backwards', () => modelOf(tf.layers.lstm({ units: 4, inputShape: [6, 3], goBackwards: true }))],
  ])('leaves to the original what it does not cover: %s', async (_, make) => {
    const model = make()
    const input = x()
    const plain = await results(model, input)
    patch()
    const patched = await results(model, input)
    expect(patched.compiled).toBe(false)
    expect(patched.output).toEqual(plain.output)
  })

  test('trains with fit, with dropout, and leaves no tensors behind', async () => {
    patch()
    const model = modelOf(
      tf.layers.lstm({
        units: 16,
        inputShape: [6, 3],
        dropout: 0.1,
        recurrentDropout: 0.1,
        returnSequences: true,
      }),
      tf.layers.lstm({ units: 8 }),
    )
    model.compile({ loss: 'meanSquaredError', optimizer: tf.train.adam(0.01) })
    const input = tf.tensor3d(uniform(64 * 6 * 3, 3), [64, 6, 3])
    const target = tf.tidy(() => tf.slice(input.mean(1), [0, 0], [64, 2]))
    const [first] = (await model.fit(input, target, { epochs: 1, shuffle: false })).history.loss as number[]
    const { numTensors } = tf.memory()
    const history = await model.fit(input, target, { epochs: 60, shuffle: false })
    expect(tf.memory().numTensors).toBe(numTensors)
    expect(history.history.loss?.at(-1)).toBeLessThan((first as number) / 5)
  })

  test('drops its share of inputs in training only', () => {
    patch()
    const layer = tf.layers.lstm({ units: 6, inputShape: [6, 3], dropout: 0.5 })
    const model = modelOf(layer)
    const input = x()
    const still = (model.apply(input) as tf.Tensor).dataSync()
    expect((model.apply(input, { training: false }) as tf.Tensor).dataSync()).toEqual(still)
    const once = (model.apply(input, { training: true }) as tf.Tensor).dataSync()
    const again = (model.apply(input, { training: true }) as tf.Tensor).dataSync()
    expect(once).not.toEqual(still)
    expect(again).not.toEqual(once)
  })

  test('is the original on another backend', async () => {
    patch()
    await tf.setBackend('cpu')
    const { compiled } = await results(modelOf(tf.layers.lstm({ units: 4, inputShape: [6, 3] })), x())
    expect(compiled).toBe(false)
    await tf.setBackend('wasm')
  })
})
