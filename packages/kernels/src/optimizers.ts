import type { Address, Kernels } from './kernels.ts'
import type { Optimizer } from './network.ts'

/** An update rule bound to the kernels. */
export interface Update {
  /** Arrays of state that each weight has, as long as the weight. */
  readonly slots: number
  /** Updates `length` floats of a weight. `update` counts from 1. */
  apply(
    length: number,
    weight: Address,
    gradient: Address,
    slots: readonly Address[],
    learningRate: number,
    update: number,
  ): void
}

/** aⁿ by repeated multiplication: unlike `Math.pow`, the same bits in every engine. */
function power(a: number, n: number): number {
  let result = 1
  for (let base = a, rest = n; rest > 0; rest = Math.floor(rest / 2), base *= base) {
    if (rest % 2 === 1) result *= base
  }
  return result
}

/** Binds an optimizer's constants (defaults as in Keras) to its kernel. */
export function bindOptimizer(optimizer: Optimizer, kernels: Kernels): Update {
  switch (optimizer.name) {
    case 'sgd': {
      const momentum = optimizer.momentum ?? 0
      return {
        slots: 1,
        apply: (length, w, g, [v], rate) => kernels.sgd(length, w, g, v as Address, rate, momentum),
      }
    }
    case 'rmsprop': {
      const { rho = 0.9, epsilon = 1e-7 } = optimizer
      return {
        slots: 1,
        apply: (length, w, g, [v], rate) => kernels.rmsprop(length, w, g, v as Address, rate, rho, epsilon),
      }
    }
    case 'adam':
    case 'adamw': {
      const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer
      const decay = optimizer.name === 'adamw' ? (optimizer.weightDecay ?? 0.004) : 0
      return {
        slots: 2,
        apply(length, w, g, [m, v], rate, update) {
          const corrected = (rate * Math.sqrt(1 - power(beta2, update))) / (1 - power(beta1, update))
          const keep = 1 - rate * decay
          kernels.adam(length, w, g, m as Address, v as Address, corrected, beta1, beta2, epsilon, keep)
        },
      }
    }
  }
}
