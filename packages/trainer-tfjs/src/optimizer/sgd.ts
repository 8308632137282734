import type { UpdateRule } from './update-rule.ts'

/** v ← momentum · v − learningRate · g; w ← w + v. Without momentum it keeps nothing. */
export function sgd(momentum: number): UpdateRule {
  if (momentum === 0) {
    return {
      slots: 0,
      apply({ weights, gradient, learningRate }) {
        for (let i = 0; i < weights.length; i++) weights[i]! -= learningRate * gradient[i]!
      },
    }
  }
  return {
    slots: 1,
    apply({ weights, gradient, slots, learningRate }) {
      const velocity = slots[0]!
      for (let i = 0; i < weights.length; i++) {
        velocity[i] = momentum * velocity[i]! - learningRate * gradient[i]!
        weights[i]! += velocity[i]!
      }
    },
  }
}
