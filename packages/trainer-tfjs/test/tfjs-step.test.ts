import type { OptimizerRecipe, PreparedFold, Recipe } from '@rondo/core'
import { expect, test } from 'vitest'
import { kernelHost } from '../src/backend/kernel-host.ts'
import { startBackend } from '../src/backend/start.ts'
import { makeStep } from '../src/step/make-step.ts'

const STEPS = 4
const SAMPLES = 10
const starts = Int32Array.from({ length: SAMPLES }, (_, i) => i)
const batch = { starts, targets: starts }
const data: PreparedFold = {
  series: Float32Array.from({ length: SAMPLES + STEPS }, (_, i) => Math.sin(i)),
  features: 1,
  window: STEPS,
  targets: Float32Array.from({ length: SAMPLES }, (_, i) => Math.cos(i)),
  outputs: 1,
  trainStarts: starts,
  trainTargets: starts,
  validationStarts: starts,
  validationTargets: starts,
  score: () => ({}),
  preprocess: {},
}

async function stepFor(optimizer: OptimizerRecipe, over: Partial<Recipe> = {}, units = 3) {
  const tf = await startBackend()
  const constant = tf.initializers.constant({ value: 0.3 })
  const model = tf.sequential({
    layers: [
      tf.layers.lstm({
        units,
        inputShape: [STEPS, 1],
        kernelInitializer: constant,
        recurrentInitializer: constant,
      }),
      tf.layers.dense({ units: 1, kernelInitializer: constant }),
    ],
  })
  const recipe: Recipe = { loss: { name: 'mse' }, optimizer, learningRate: 0.01, batchSize: 10, ...over }
  const parts = { tf, model, recipe, data, seed: 1, fold: 0, memoryMb: 100, trial: 7 }
  const { step } = await makeStep(parts, 'tfjs', 'fast')
  return {
    step,
    model,
    dispose() {
      step.dispose()
      model.dispose()
    },
  }
}

test('an optimizer that nobody knows is refused by name', async () => {
  const unknown = { name: 'adagrad' } as unknown as OptimizerRecipe
  await expect(stepFor(unknown)).rejects.toMatchObject({
    code: 'RONDO_MODEL_INVALID',
    value: 'adagrad',
    place: { trial: 7 },
  })
})

test('state of another optimizer, or of a model of other sizes, is refused and changes nothing', async () => {
  const adam = await stepFor({ name: 'adam' })
  const sgd = await stepFor({ name: 'sgd' })
  const larger = await stepFor({ name: 'adam' }, {}, 4)
  adam.step.train(batch, 0)
  const before = adam.step.snapshot()
  for (const other of [sgd, larger]) {
    expect(() => adam.step.restore(other.step.snapshot())).toThrow(
      expect.objectContaining({ code: 'RONDO_CHECKPOINT_INVALID' }),
    )
  }
  expect(adam.step.snapshot()).toEqual(before)
  for (const each of [adam, sgd, larger]) each.dispose()
})

test('the model predicts with the weights of the last update', async () => {
  const { step, model, dispose } = await stepFor({ name: 'rmsprop' }, { clipNorm: 1, l2: 0.01 })
  const tf = await startBackend()
  for (let update = 0; update < 3; update++) {
    const before = step.predict(batch)
    step.train(batch, update)
    const after = step.predict(batch)
    expect(after).not.toEqual(before)
    const x = tf.tensor3d(
      [...starts].flatMap((start) => [...data.series.subarray(start, start + STEPS)]),
      [SAMPLES, STEPS, 1],
    )
    const theirs = model.predict(x) as typeof x
    theirs.dataSync().forEach((value, i) => {
      expect(after[i]).toBeCloseTo(value, 5)
    })
    tf.dispose([x, theirs])
  }
  dispose()
})

test('steps of different sizes, one after the other, leave no tensor and no room taken', async () => {
  const tf = await startBackend()
  const { memory } = await kernelHost(tf, 'portable')
  const once = async (units: number) => {
    const { step, dispose } = await stepFor({ name: 'adamw' }, {}, units)
    step.train(batch, 0)
    dispose()
  }
  const sizes = [3, 60, 7, 110, 1]
  for (const units of sizes) await once(units)
  const { numTensors } = tf.memory()
  const { byteLength } = memory.buffer
  for (let n = 0; n < 6; n++) for (const units of sizes) await once(units)
  expect(tf.memory().numTensors).toBe(numTensors)
  expect(memory.buffer.byteLength).toBe(byteLength)
})
