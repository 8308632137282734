import type { OptimizerRecipe } from '@rondo/core'
import { adam } from './adam.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

/** What one update of one weight tensor works on. All arrays have the tensor's length. */
export interface Update {
  /** Changed in place. */
  readonly weights: Float32Array
  readonly gradient: Float32Array
  /** The optimizer's memory of this tensor, zeros before the first update; changed in place. */
  readonly slots: readonly Float32Array[]
  readonly learningRate: number
  /** The number of this update, from 1. */
  readonly iteration: number
}

/**
 * A rule of gradient descent as Keras 3 computes it, in 64 bits, rounded to 32 where it is stored. All its state is in
 * the slots and the iteration, so that it resumes bit for bit.
 */
export interface UpdateRule {
  /** The number of slots for each weight tensor. */
  readonly slots: number
  apply(update: Update): void
}

/** The rule of a recipe, with Keras' constants where it names none. */
export function updateRule(recipe: OptimizerRecipe): UpdateRule {
  switch (recipe.name) {
    case 'sgd':
      return sgd(recipe.momentum ?? 0)
    case 'adam':
      return adam(recipe.beta1 ?? 0.9, recipe.beta2 ?? 0.999, recipe.epsilon ?? 1e-7, 0)
    case 'adamw':
      return adam(
        recipe.beta1 ?? 0.9,
        recipe.beta2 ?? 0.999,
        recipe.epsilon ?? 1e-7,
        recipe.weightDecay ?? 0.004,
      )
    case 'rmsprop':
      return rmsprop(recipe.rho ?? 0.9, recipe.epsilon ?? 1e-7)
  }
}
