import type { Recipe } from '@rondo/core'
import { shapeGradients, type WeightGradient } from './shape-gradient.ts'
import { updateRule } from './update-rule.ts'

/** A recipe's optimizer with its state. */
export interface Optimizer {
  learningRate: number
  /** Updates all weights in place and returns the gradient's norm before clipping. Always the same tensors, in order. */
  update(tensors: readonly WeightGradient[]): number
  /** The state: the number of updates as a double, then every slot, tensor after tensor. */
  snapshot(): Uint8Array
  /** @returns Whether `bytes` have the right length; nothing is changed where they have not. */
  restore(bytes: Uint8Array): boolean
}

/** @param sizes The number of weights of each tensor. */
export function optimizerOf(recipe: Recipe, sizes: readonly number[]): Optimizer {
  const rule = updateRule(recipe.optimizer)
  const total = sizes.reduce((sum, size) => sum + size, 0) * rule.slots
  const state = new Uint8Array(8 + 4 * total)
  const iteration = new Float64Array(state.buffer, 0, 1)
  let offset = 8
  const slots = sizes.map((size) =>
    Array.from({ length: rule.slots }, () => {
      const slot = new Float32Array(state.buffer, offset, size)
      offset += 4 * size
      return slot
    }),
  )
  return {
    learningRate: recipe.learningRate,
    update(tensors) {
      const norm = shapeGradients(tensors, recipe)
      iteration[0]!++
      tensors.forEach(({ weights, gradient }, i) => {
        rule.apply({
          weights,
          gradient,
          slots: slots[i]!,
          learningRate: this.learningRate,
          iteration: iteration[0]!,
        })
      })
      return norm
    },
    snapshot: () => state.slice(),
    restore(bytes) {
      if (bytes.length !== state.length) return false
      state.set(bytes)
      return true
    },
  }
}
