import { describe, expect, test } from 'vitest'
import type { Build, Network, Recipe } from '../src/index.ts'
import { reference } from './reference/network.ts'
import { type CaseOptions, makeCase, relativeError } from './support/case.ts'

/** The bound of the design: largest difference by largest value. */
const BOUND = 1e-5

const adam: Recipe = { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 1e-3 }

/** Compares loss, outputs and every gradient of one update with the reference. */
async function compare(network: Network, recipe: Recipe, options: CaseOptions, bound = BOUND): Promise<void> {
  const { step, weights, data, starts, targets } = await makeCase(network, recipe, options)
  const seed = options.seed ?? 1
  const trained = reference(network, recipe, weights, data, {
    starts,
    targets,
    masks: { seed, fold: 2, step: 5 },
  })
  const still = reference(network, recipe, weights, data, { starts, targets })
  const evaluated = step.evaluate(starts, targets)
  expect(relativeError([evaluated.lossSum], [still.lossSum])).toBeLessThan(bound)
  if (!recipe.loss.name.endsWith('Crossentropy')) {
    expect(relativeError(step.predict(starts, targets), still.outputs.flat())).toBeLessThan(bound)
  }
  const update = step.train(starts, targets, 5)
  expect(relativeError([update.lossSum], [trained.lossSum])).toBeLessThan(bound)
  expect(update.weight).toBeCloseTo(trained.weight, 4)
  for (const [n, gradient] of step.gradients().entries()) {
    const name = step.weightDescriptions[n]?.name
    expect(relativeError(gradient, trained.gradients[n] as number[]), name).toBeLessThan(bound)
  }
  step.dispose()
}

const lstm = (units: number, steps: number, features: number): Network => ({
  steps,
  features,
  layers: [
    { kind: 'lstm', units, recurrentActivation: 'sigmoid' },
    { kind: 'dense', units: 1 },
  ],
})

describe.each<Build>(['simd', 'relaxed', 'checked'])('LSTM and dense, build %s', (build) => {
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
      await compare(lstm(units, steps, features), adam, { batch, build })
    },
  )
})
