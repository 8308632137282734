import type { UpdateRule } from './update-rule.ts'

/** v ← ρ · v + (1 − ρ) · g²; w ← w − learningRate · g / √(v + ε) (Hinton's lecture 6e; ε under the root, as in Keras). */
export function rmsprop(rho: number, epsilon: number): UpdateRule {
  return {
    slots: 1,
    apply({ weights, gradient, slots, learningRate }) {
      const square = slots[0]!
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!
        square[i] = rho * square[i]! + (1 - rho) * g * g
        weights[i]! -= (learningRate * g) / Math.sqrt(square[i]! + epsilon)
      }
    },
  }
}
