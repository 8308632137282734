/**
 * The mean of `count + 1` weights, given that of the first `count`: m ← m + (w − m) / (count + 1), kept as 32-bit
 * floats, so that a mean that went through a checkpoint goes on with the same bits.
 *
 * @param mean 32-bit floats; read only where `count` is above 0.
 */
export function runningMean(mean: Uint8Array | undefined, count: number, weights: Uint8Array): Uint8Array {
  if (mean === undefined || count === 0) return weights.slice()
  const next = new Float32Array(mean.slice().buffer)
  const values = new Float32Array(weights.slice().buffer)
  for (let i = 0; i < next.length; i++) next[i]! += (values[i]! - next[i]!) / (count + 1)
  return new Uint8Array(next.buffer)
}
