import { expect } from 'vitest'
import type { Network, Recipe } from '../../src/index.ts'
import { reference } from '../reference/network.ts'
import { type CaseOptions, makeCase, relativeError } from './case.ts'

/** The bound of the design: largest difference by largest value. */
const BOUND = 1e-5

/**
 * Compares loss, outputs and every gradient of one update with the reference in double precision.
 *
 * @param floor a gradient whose largest component is below this is measured by this instead: the samples' shares, which
 * add up to about 1 in size where targets are within ±1, may cancel to almost nothing, and their rounding does not. So
 * is a mean loss: where outputs come near their targets, the rounding of both is what is left
 */
export async function compare(
  network: Network,
  recipe: Recipe,
  options: CaseOptions,
  floor = 0,
): Promise<void> {
  const { step, weights, data, starts, targets } = await makeCase(network, recipe, options)
  const seed = options.seed ?? 1
  const masks = { seed, fold: 2, step: 5 }
  const trained = reference(network, recipe, weights, data, { starts, targets, masks })
  const still = reference(network, recipe, weights, data, { starts, targets })
  const evaluated = step.evaluate(starts, targets)
  const lossError = (actual: number, { lossSum, weight }: typeof still) =>
    relativeError([actual], [lossSum]) * Math.min(1, lossSum / (floor * weight))
  expect(lossError(evaluated.lossSum, still), 'loss without dropout').toBeLessThan(BOUND)
  if (!recipe.loss.name.endsWith('Crossentropy')) {
    const outputs = step.predict(starts, targets)
    expect(relativeError(outputs, still.outputs.flat()), 'outputs').toBeLessThan(BOUND)
  }
  const update = step.train(starts, targets, masks.step)
  expect(lossError(update.lossSum, trained), 'loss').toBeLessThan(BOUND)
  expect(relativeError([update.weight], [trained.weight]), 'weight').toBeLessThan(BOUND)
  for (const [n, gradient] of step.gradients().entries()) {
    const name = step.weightDescriptions[n]?.name
    const expected = trained.gradients[n] as number[]
    const size = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
    const error = relativeError(gradient, expected) * (size < floor ? size / floor : 1)
    expect(error, name).toBeLessThan(BOUND)
  }
  step.dispose()
}
