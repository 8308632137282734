import { KernelError } from '../errors.ts'
import type { Address, Kernels } from '../kernels.ts'
import type { Optimizer } from '../network.ts'

/** The names of all rules there are. */
export const UPDATE_RULES: readonly string[] = [
  'sgd',
  'adam',
  'adamw',
  'rmsprop',
] satisfies readonly Optimizer['name'][]

/** An update rule bound to the kernels. */
export interface UpdateRule {
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

/**
 * Binds an optimizer's constants (defaults as in Keras) to its kernel.
 *
 * @throws RONDO_KERNEL_UNCOVERED
 */
export function bindUpdateRule(optimizer: Optimizer, kernels: Kernels): UpdateRule {
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
    default: {
      const { name } = optimizer satisfies never as { readonly name: string }
      throw new KernelError('RONDO_KERNEL_UNCOVERED', {
        message: `There is no optimizer ${name}.`,
        field: 'optimizer.name',
        value: name,
        remedy: `Take one of ${UPDATE_RULES.join(', ')}.`,
      })
    }
  }
}
