import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  compileOptimizer,
  KernelError,
  type Network,
  type Optimizer,
  standaloneHost,
  type UpdateRecipe,
} from '../src/index.ts'
import { hostOf, makeCase, relativeError } from './support/case.ts'
import { uniform } from './support/random.ts'
import { startTfjs } from './support/tfjs.ts'

beforeAll(async () => {
  await startTfjs()
})

const recipeOf = (optimizer: Optimizer, over: Partial<UpdateRecipe> = {}): UpdateRecipe => ({
  optimizer,
  learningRate: 0.05,
  ...over,
})

/** Of Σ (w − target)⁴ / 4, so that it changes from step to step. */
const gradientAt = (weights: Float32Array): Float32Array => weights.map((w, i) => (w - (i - 2)) ** 3)

const OPTIMIZERS: readonly Optimizer[] = [
  { name: 'sgd' },
  { name: 'sgd', momentum: 0.9 },
  { name: 'rmsprop', rho: 0.8 },
  { name: 'adam', beta1: 0.8, epsilon: 1e-8 },
  { name: 'adamw', weightDecay: 0.1 },
]

describe('an optimizer for weights that live elsewhere', () => {
  const twins: readonly [Optimizer, () => tf.Optimizer][] = [
    [{ name: 'sgd' }, () => tf.train.sgd(0.05)],
    [{ name: 'sgd', momentum: 0.9 }, () => tf.train.momentum(0.05, 0.9)],
    [{ name: 'rmsprop', rho: 0.8 }, () => tf.train.rmsprop(0.05, 0.8, 0, 1e-7)],
    [{ name: 'adam', beta1: 0.8, epsilon: 1e-8 }, () => tf.train.adam(0.05, 0.8, 0.999, 1e-8)],
  ]
  test.each(twins)('goes the way of tfjs’s own: %o', async (rule, make) => {
    let ours = Float32Array.from([0.5, -1, 2, 0, 1.5])
    const variable = tf.variable(tf.tensor1d(ours))
    const optimizer = compileOptimizer(
      recipeOf(rule),
      [{ length: 5, penalised: false }],
      await hostOf('checked'),
    )
    const theirs = make()
    for (let n = 0; n < 10; n++) {
      ours = optimizer.update([ours], [gradientAt(ours)], n).weights[0] as typeof ours
      const gradient = tf.tensor1d(gradientAt(variable.dataSync() as Float32Array))
      theirs.applyGradients({ [variable.name]: gradient } as tf.NamedTensorMap)
    }
    expect(relativeError(ours, variable.dataSync())).toBeLessThan(1e-5)
    optimizer.dispose()
    theirs.dispose()
    variable.dispose()
  })

  test('decays weights apart from the gradient in AdamW', async () => {
    const optimizer = compileOptimizer(
      recipeOf({ name: 'adamw', weightDecay: 0.1 }),
      [{ length: 1, penalised: true }],
      await hostOf('simd'),
    )
    let weights: readonly Float32Array[] = [Float32Array.of(2)]
    for (let n = 0; n < 3; n++) ({ weights } = optimizer.update(weights, [new Float32Array(1)], n))
    expect(weights[0]?.[0]).toBeCloseTo(2 * (1 - 0.05 * 0.1) ** 3, 6)
    optimizer.dispose()
  })

  test('adds the penalty’s gradient to kernels only, clips all by their common norm, then values', async () => {
    const recipe = recipeOf({ name: 'sgd' }, { learningRate: 1, l2: 0.5, clipNorm: 1, clipValue: 0.7 })
    const sizes = [
      { length: 2, penalised: true },
      { length: 1, penalised: false },
    ]
    const optimizer = compileOptimizer(recipe, sizes, await hostOf('simd'))
    const weights = [Float32Array.of(2, 0), Float32Array.of(9)]
    const gradients = [Float32Array.of(1, 0), Float32Array.of(4)]
    const update = optimizer.update(weights, gradients, 0)
    // Gradients 1 + 2·.5·2 = 3, 0 and 4 have the norm 5.
    expect(update.gradientNorm).toBe(5)
    expect(update.weights[0]?.[0]).toBeCloseTo(2 - 3 / 5, 6)
    expect(update.weights[1]?.[0]).toBeCloseTo(9 - 0.7, 6)
    // What was handed in is the caller's.
    expect(weights).toEqual([Float32Array.of(2, 0), Float32Array.of(9)])
    expect(gradients).toEqual([Float32Array.of(1, 0), Float32Array.of(4)])
    optimizer.dispose()
  })

  test('goes on from its snapshot bit for bit, learning rate included', async () => {
    const host = await hostOf('relaxed')
    const cases = fc.record({
      rule: fc.constantFrom(...OPTIMIZERS),
      lengths: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
      cut: fc.integer({ min: 0, max: 8 }),
      clipNorm: fc.option(fc.double({ min: 0.1, max: 5, noNaN: true }), { nil: undefined }),
    })
    fc.assert(
      fc.property(cases, ({ rule, lengths, cut, clipNorm }) => {
        const recipe = recipeOf(rule, clipNorm === undefined ? {} : { clipNorm })
        const sizes = lengths.map((length) => ({ length, penalised: length > 1 }))
        const run = (at: number): readonly Float32Array[] => {
          let weights: readonly Float32Array[] = lengths.map((length, n) => uniform(length, n))
          let optimizer = compileOptimizer(recipe, sizes, host)
          for (let n = 0; n < 9; n++) {
            if (n === at) {
              const saved = optimizer.snapshot()
              optimizer.dispose()
              optimizer = compileOptimizer(recipe, sizes, host)
              optimizer.restore(saved)
            }
            ;({ weights } = optimizer.update(weights, weights.map(gradientAt), n))
            optimizer.setLearningRate(optimizer.learningRate * 0.9)
          }
          optimizer.dispose()
          return weights
        }
        expect(run(cut)).toEqual(run(-1))
      }),
      { seed: 3, numRuns: 40 },
    )
  })

  test.each(OPTIMIZERS)(
    'given the gradients of a compiled step gives its weights, bit for bit: %o',
    async (rule) => {
      const network: Network = {
        steps: 5,
        features: 3,
        layers: [
          { kind: 'lstm', units: 7, dropout: 0.2 },
          { kind: 'dense', units: 2 },
        ],
      }
      const recipe = { ...recipeOf(rule), loss: { name: 'mse' } } as const
      const { step, weights, starts, targets } = await makeCase(network, recipe, { batch: 6 })
      const sizes = weights.map(({ length }) => ({ length, penalised: false }))
      const optimizer = compileOptimizer(recipe, sizes, await hostOf('relaxed'))
      let ours: readonly Float32Array[] = weights
      for (let n = 0; n < 5; n++) {
        const { gradientNorm } = step.train(starts, targets, n)
        const update = optimizer.update(ours, step.gradients(), n)
        expect(update.gradientNorm).toBe(gradientNorm)
        ours = update.weights
        expect(ours).toEqual(step.weights())
      }
      step.dispose()
      optimizer.dispose()
    },
  )

  test('gives its memory back, and stays within it', async () => {
    const host = await standaloneHost({ build: 'checked' })
    const sizes = [1, 2, 3, 5, 8, 13].map((length) => ({ length, penalised: true }))
    const start = sizes.map(({ length }) => uniform(length, length))
    const places = new Set<number>()
    for (let n = 0; n < 50; n++) {
      const recipe = recipeOf({ name: 'adam' }, { l2: 0.1, clipNorm: 0.1, clipValue: 0.01 })
      const optimizer = compileOptimizer(recipe, sizes, host)
      expect(() => optimizer.update(start, start, 0)).not.toThrow()
      optimizer.dispose()
      const at = host.allocate(optimizer.bytes)
      places.add(at)
      host.free(at)
    }
    expect(places.size).toBe(1)
  })
})

describe('an optimizer refuses', () => {
  const sizes = [
    { length: 3, penalised: true },
    { length: 2, penalised: false },
  ]
  const arrays = sizes.map(({ length }) => new Float32Array(length))
  const codeOf = (work: () => unknown): string => {
    try {
      work()
    } catch (error) {
      if (error instanceof KernelError) return `${error.code} ${error.field}`
      throw error
    }
    return 'accepted'
  }

  test('arrays of other lengths, limits that are none, rules that nobody knows', async () => {
    const host = await standaloneHost()
    const optimizer = compileOptimizer(recipeOf({ name: 'adam' }), sizes, host)
    expect(codeOf(() => optimizer.update(arrays.slice(1), arrays, 0))).toBe('RONDO_KERNEL_INVALID weights')
    expect(codeOf(() => optimizer.update(arrays, arrays.toReversed(), 0))).toBe(
      'RONDO_KERNEL_INVALID gradients',
    )
    expect(codeOf(() => optimizer.update(arrays, arrays, 0))).toBe('accepted')
    expect(codeOf(() => compileOptimizer(recipeOf({ name: 'sgd' }, { clipNorm: -1 }), sizes, host))).toBe(
      'RONDO_KERNEL_INVALID clipNorm',
    )
    const unknown = { name: 'adagrad' } as unknown as Optimizer
    expect(codeOf(() => compileOptimizer(recipeOf(unknown), sizes, host))).toBe(
      'RONDO_KERNEL_UNCOVERED optimizer.name',
    )
  })

  test('the snapshot of another rule or of other weights', async () => {
    const host = await standaloneHost()
    const saved = compileOptimizer(recipeOf({ name: 'rmsprop' }), sizes, host).snapshot()
    const restore = (rule: Optimizer, given: typeof sizes) =>
      codeOf(() => compileOptimizer(recipeOf(rule), given, host).restore(saved))
    expect(restore({ name: 'rmsprop' }, sizes)).toBe('accepted')
    expect(restore({ name: 'adam' }, sizes)).toMatch('RONDO_KERNEL_INVALID')
    expect(restore({ name: 'rmsprop' }, sizes.toReversed())).toMatch('RONDO_KERNEL_INVALID')
  })
})
