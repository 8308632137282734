import type { Loss } from '../../src/index.ts'

/** Loss of one sample and its gradient, from outputs (logits for cross-entropies), in double precision. */
export function sampleLoss(
  loss: Loss,
  p: readonly number[],
  y: readonly number[],
): { readonly loss: number; readonly gradient: readonly number[] } {
  const outputs = p.length
  const mean = (term: (e: number, n: number) => number, slope: (e: number, n: number) => number) => {
    const errors = p.map((value, n) => value - (y[n] as number))
    return {
      loss: errors.reduce((sum, e, n) => sum + term(e, n), 0) / outputs,
      gradient: errors.map((e, n) => slope(e, n) / outputs),
    }
  }
  switch (loss.name) {
    case 'mse':
      return mean(
        (e) => e * e,
        (e) => 2 * e,
      )
    case 'mae':
      return mean(Math.abs, Math.sign)
    case 'huber':
      return mean(
        (e) => (Math.abs(e) <= loss.delta ? (e * e) / 2 : loss.delta * (Math.abs(e) - loss.delta / 2)),
        (e) => Math.max(-loss.delta, Math.min(loss.delta, e)),
      )
    case 'pinball': {
      const q = (n: number) => loss.quantiles[n % loss.quantiles.length] as number
      return mean(
        (e, n) => Math.max(-q(n) * e, (1 - q(n)) * e),
        (e, n) => (e > 0 ? 1 - q(n) : e < 0 ? -q(n) : 0),
      )
    }
    case 'binaryCrossentropy': {
      const sigmoid = (n: number) => 1 / (1 + Math.exp(-(p[n] as number)))
      return mean(
        (_, n) =>
          Math.max(p[n] as number, 0) -
          (p[n] as number) * (y[n] as number) +
          Math.log1p(Math.exp(-Math.abs(p[n] as number))),
        (_, n) => sigmoid(n) - (y[n] as number),
      )
    }
    case 'categoricalCrossentropy': {
      const largest = Math.max(...p)
      const logSum = largest + Math.log(p.reduce((sum, value) => sum + Math.exp(value - largest), 0))
      return {
        loss: p.reduce((sum, value, n) => sum + (y[n] as number) * (logSum - value), 0),
        gradient: p.map((value, n) => Math.exp(value - logSum) - (y[n] as number)),
      }
    }
  }
}
