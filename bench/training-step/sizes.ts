/** One model and batch of the table: LSTM → dropout .2 → dense 1, MSE, Adam. */
export interface Size {
  readonly batch: number
  readonly steps: number
  readonly features: number
  readonly units: number
}

export const SIZES: readonly Size[] = [
  { batch: 32, steps: 20, features: 8, units: 32 },
  { batch: 32, steps: 50, features: 8, units: 64 },
  { batch: 64, steps: 50, features: 16, units: 128 },
  { batch: 32, steps: 50, features: 16, units: 256 },
]

/**
 * Floating-point operations of one update in the matrix products: 2·b·t·4u·(f + u) forward, and twice that backward,
 * less the gradient by the first layer's inputs, which nobody needs.
 */
export function flops({ batch, steps, features, units }: Size): number {
  const gates = 4 * units
  return 2 * batch * steps * gates * (2 * features + 3 * units)
}
