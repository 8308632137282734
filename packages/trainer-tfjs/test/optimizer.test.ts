import type { OptimizerRecipe, Recipe } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { startBackend, type Tf } from '../src/backend/start.ts'
import { optimizerOf } from '../src/optimizer/optimizer.ts'

let tf: Tf
beforeAll(async () => {
  tf = await startBackend()
})

const recipeOf = (optimizer: OptimizerRecipe, over: Partial<Recipe> = {}): Recipe => ({
  loss: { name: 'mse' },
  optimizer,
  learningRate: 0.05,
  batchSize: 1,
  ...over,
})

/** Of Σ (w − target)⁴ / 4, so that it changes from step to step. */
const gradientAt = (weights: Float32Array): Float32Array => weights.map((w, i) => (w - (i - 2)) ** 3)

describe('an update', () => {
  const cases: readonly [OptimizerRecipe, () => tfjs.Optimizer][] = [
    [{ name: 'sgd' }, () => tf.train.sgd(0.05)],
    [{ name: 'sgd', momentum: 0.9 }, () => tf.train.momentum(0.05, 0.9)],
    [{ name: 'rmsprop', rho: 0.8 }, () => tf.train.rmsprop(0.05, 0.8, 0, 1e-7)],
    [{ name: 'adam', beta1: 0.8, epsilon: 1e-8 }, () => tf.train.adam(0.05, 0.8, 0.999, 1e-8)],
  ]
  test.each(cases)('%o goes the way of tfjs’s own', (recipe, make) => {
    const start = Float32Array.from([0.5, -1, 2, 0, 1.5])
    const ours = start.slice()
    const optimizer = optimizerOf(recipeOf(recipe), [5])
    const variable = tf.variable(tf.tensor1d(start))
    const theirs = make()
    for (let i = 0; i < 10; i++) {
      optimizer.update([{ weights: ours, gradient: gradientAt(ours), penalised: false }])
      const gradient = tf.tensor1d(gradientAt(variable.dataSync() as Float32Array))
      theirs.applyGradients({ [variable.name]: gradient } as tfjs.NamedTensorMap)
    }
    const expected = variable.dataSync()
    ours.forEach((weight, i) => {
      expect(weight).toBeCloseTo(expected[i]!, 5)
    })
    theirs.dispose()
    variable.dispose()
  })

  test('decays weights apart from the gradient in AdamW', () => {
    const weights = Float32Array.from([2])
    const optimizer = optimizerOf(recipeOf({ name: 'adamw', weightDecay: 0.1 }), [1])
    for (let i = 0; i < 3; i++) {
      optimizer.update([{ weights, gradient: Float32Array.from([0]), penalised: true }])
    }
    expect(weights[0]).toBeCloseTo(2 * (1 - 0.05 * 0.1) ** 3, 6)
  })

  test('adds the penalty’s gradient to kernels only, then clips all tensors by their common norm, then values', () => {
    const recipe = recipeOf({ name: 'sgd' }, { learningRate: 1, l2: 0.5, clipNorm: 1, clipValue: 0.7 })
    const kernel = Float32Array.from([2, 0])
    const bias = Float32Array.from([9])
    const norm = optimizerOf(recipe, [2, 1]).update([
      { weights: kernel, gradient: Float32Array.from([1, 0]), penalised: true },
      { weights: bias, gradient: Float32Array.from([4]), penalised: false },
    ])
    // Gradients 1 + 2·.5·2 = 3, 0 and 4 have the norm 5.
    expect(norm).toBe(5)
    expect(kernel[0]).toBeCloseTo(2 - 3 / 5, 6)
    expect(bias[0]).toBeCloseTo(9 - 0.7, 6)
  })
})

test.each(['sgd', 'adam', 'adamw', 'rmsprop'] as const)(
  '%s goes on from its snapshot bit for bit',
  (name) => {
    const recipe = recipeOf(name === 'sgd' ? { name, momentum: 0.9 } : { name })
    const run = (cut: number): Float32Array => {
      const weights = Float32Array.from([0.5, -1, 2])
      let optimizer = optimizerOf(recipe, [3])
      for (let i = 0; i < 9; i++) {
        if (i === cut) {
          const saved = optimizer.snapshot()
          optimizer = optimizerOf(recipe, [3])
          expect(optimizer.restore(saved)).toBe(true)
        }
        optimizer.update([{ weights, gradient: gradientAt(weights), penalised: true }])
      }
      return weights
    }
    expect(run(4)).toEqual(run(-1))
  },
)
