import type { Activation } from '../../src/index.ts'

/** Activations in double precision, each with its derivative. */
export const ACTIVATIONS: Record<
  Exclude<Activation, 'softmax'>,
  { readonly of: (x: number) => number; readonly slope: (x: number) => number }
> = {
  linear: { of: (x) => x, slope: () => 1 },
  tanh: { of: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  sigmoid: {
    of: (x) => 1 / (1 + Math.exp(-x)),
    slope: (x) => {
      const y = 1 / (1 + Math.exp(-x))
      return y * (1 - y)
    },
  },
  relu: { of: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  hardSigmoid: {
    of: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
    slope: (x) => (0.2 * x + 0.5 > 0 && 0.2 * x + 0.5 < 1 ? 0.2 : 0),
  },
}
