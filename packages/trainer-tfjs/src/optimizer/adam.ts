import type { UpdateRule } from './update-rule.ts'

/**
 * Adam (Kingma and Ba, 2015) in the form before its section 2.1, as Keras has it, with the weight decay decoupled from
 * the gradient (Loshchilov and Hutter, 2019):
 *
 * w ← w − learningRate · weightDecay · w;
 * m ← m + (1 − β₁)(g − m); v ← v + (1 − β₂)(g² − v);
 * w ← w − learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
 */
export function adam(beta1: number, beta2: number, epsilon: number, weightDecay: number): UpdateRule {
  return {
    slots: 2,
    apply({ weights, gradient, slots, learningRate, iteration }) {
      const mean = slots[0]!
      const square = slots[1]!
      const rate = (learningRate * Math.sqrt(1 - beta2 ** iteration)) / (1 - beta1 ** iteration)
      const kept = 1 - learningRate * weightDecay
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!
        mean[i]! += (1 - beta1) * (g - mean[i]!)
        square[i]! += (1 - beta2) * (g * g - square[i]!)
        weights[i] = kept * weights[i]! - (rate * mean[i]!) / (Math.sqrt(square[i]!) + epsilon)
      }
    },
  }
}
