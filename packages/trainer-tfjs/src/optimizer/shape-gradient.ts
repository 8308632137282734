import type { Recipe } from '@rondo/core'

/** A weight tensor with its gradient, both as flat arrays. */
export interface WeightGradient {
  readonly weights: Float32Array
  /** Changed in place. */
  readonly gradient: Float32Array
  /** Whether the recipe's L2 penalty counts it: kernels do, biases do not. */
  readonly penalised: boolean
}

/**
 * Turns gradients of the loss into what the optimizer follows: adds 2λ·w of the L2 penalty, scales all gradients
 * together to a Euclidean norm of at most `clipNorm` (Pascanu et al., 2013), and cuts each component to ± `clipValue`.
 *
 * @returns The norm before clipping; NaN or infinite where training has diverged.
 */
export function shapeGradients(tensors: readonly WeightGradient[], recipe: Recipe): number {
  const { clipNorm, clipValue, l2 = 0 } = recipe
  let square = 0
  for (const { weights, gradient, penalised } of tensors) {
    if (penalised && l2 > 0) for (let i = 0; i < gradient.length; i++) gradient[i]! += 2 * l2 * weights[i]!
    for (let i = 0; i < gradient.length; i++) square += gradient[i]! ** 2
  }
  const norm = Math.sqrt(square)
  if (clipNorm !== undefined && norm > clipNorm) {
    const scale = clipNorm / norm
    for (const { gradient } of tensors) for (let i = 0; i < gradient.length; i++) gradient[i]! *= scale
  }
  if (clipValue !== undefined) {
    for (const { gradient } of tensors) {
      for (let i = 0; i < gradient.length; i++) {
        gradient[i] = Math.min(clipValue, Math.max(-clipValue, gradient[i]!))
      }
    }
  }
  return norm
}
