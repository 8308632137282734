import type { Arena, Buffer } from '../arena.ts'
import type { Address, Kernels } from '../kernels.ts'
import type { UpdateRecipe } from '../network.ts'
import { bindUpdateRule } from './update-rule.ts'

/** A weight in the memory of the kernels, with its gradient. */
export interface OptimizedWeight {
  readonly length: number
  /** Whether the recipe's L2 penalty counts it: kernels do, biases do not. */
  readonly penalised: boolean
  /** Asked anew at every update. */
  readonly address: () => Address
  readonly gradient: Buffer
}

/** An optimizer with its state in an arena. */
export interface PlannedOptimizer {
  /** For each weight its arrays of state, zero at first, each as long as the weight. */
  readonly slots: readonly (readonly Buffer[])[]
  /**
   * Adds the penalty's gradient, clips, and updates all weights. The gradients stay as they were followed.
   *
   * @param updateIndex counts from 0
   * @returns the Euclidean norm of the whole gradient, penalty included, before clipping
   */
  update(learningRate: number, updateIndex: number): number
}

/**
 * Asks an arena for the state of a recipe's optimizer.
 *
 * @throws RONDO_KERNEL_UNCOVERED
 */
export function planOptimizer(
  { optimizer, l2 = 0, clipNorm, clipValue }: UpdateRecipe,
  weights: readonly OptimizedWeight[],
  kernels: Kernels,
  arena: Arena,
): PlannedOptimizer {
  const rule = bindUpdateRule(optimizer, kernels)
  const slots = weights.map(({ length }) => Array.from({ length: rule.slots }, () => arena.floats(length)))

  const shapeGradients = (): number => {
    let squares = 0
    for (const { length, penalised, address, gradient } of weights) {
      if (l2 > 0 && penalised) kernels.addPenalty(length, address(), gradient.at, l2)
      squares += kernels.sumSquares(length, gradient.at)
    }
    const norm = Math.sqrt(squares)
    for (const { length, gradient } of weights) {
      if (clipNorm !== undefined && norm > clipNorm) kernels.scale(length, gradient.at, clipNorm / norm)
      if (clipValue !== undefined) kernels.clipValues(length, gradient.at, clipValue)
    }
    return norm
  }

  return {
    slots,
    update(learningRate, updateIndex) {
      const norm = shapeGradients()
      for (const [n, { length, address, gradient }] of weights.entries()) {
        const state = (slots[n] as readonly Buffer[]).map(({ at }) => at)
        rule.apply(length, address(), gradient.at, state, learningRate, updateIndex + 1)
      }
      return norm
    },
  }
}
