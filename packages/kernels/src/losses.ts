import type { Arena } from './arena.ts'
import type { Address, Kernels } from './kernels.ts'
import type { Activation, Loss } from './network.ts'

/** Codes of elementwise losses in the module. */
const LOSS_CODES = { mse: 0, mae: 1, huber: 2, pinball: 3, binaryCrossentropy: 4 } as const

/** A loss bound to the kernels. */
export interface BoundLoss {
  /** Constants that the kernel reads from memory. */
  write(memory: WebAssembly.Memory): void
  /** Σ w·loss over the batch; writes ∂(Σ w·loss / total)/∂p unless `dp` is 0. */
  evaluate(
    batch: number,
    p: Address,
    ldp: number,
    y: Address,
    weights: Address,
    total: number,
    dp: Address,
  ): number
}

/** Whether the last layer's activation is computed inside the loss, from logits. */
export function usesLogits(loss: Loss, activation: Activation): boolean {
  return (
    (loss.name === 'binaryCrossentropy' && activation === 'sigmoid') ||
    (loss.name === 'categoricalCrossentropy' && activation === 'softmax')
  )
}

export function bindLoss(loss: Loss, outputs: number, kernels: Kernels, arena: Arena): BoundLoss {
  const parameters = arena.floats(outputs)
  const given = loss.name === 'huber' ? [loss.delta] : loss.name === 'pinball' ? loss.quantiles : [0]
  const constants = Array.from({ length: outputs }, (_, n) => given[n % given.length] as number)
  return {
    write(memory) {
      new Float32Array(memory.buffer, parameters.at, outputs).set(constants)
    },
    evaluate(batch, p, ldp, y, weights, total, dp) {
      if (loss.name === 'categoricalCrossentropy') {
        return kernels.categoricalLoss(batch, outputs, p, ldp, y, weights, total, dp)
      }
      const code = LOSS_CODES[loss.name]
      return kernels.elementwiseLoss(code, batch, outputs, p, ldp, y, weights, total, parameters.at, dp)
    },
  }
}
