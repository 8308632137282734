import type { Encoding } from './encoding.ts'

/**
 * An encoding with the fidelity of a measurement as one more dimension, the last. Params alone are encoded at the full
 * fidelity, for which everything is predicted.
 */
export function withFidelity(encoding: Encoding): Encoding {
  const d = encoding.metric.length
  return {
    ...encoding,
    metric: [...encoding.metric, false],
    encode: (params, features, at = 0) => {
      encoding.encode(params, features, at)
      features[at + d] = 1
    },
  }
}
