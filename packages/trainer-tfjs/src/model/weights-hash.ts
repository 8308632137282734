import { createHash } from 'node:crypto'

/** What ties `weights.bin` to its `model.json`: the SHA-256 of its bytes, in hex. */
export const hashOfWeights = (weights: Uint8Array): string =>
  createHash('sha256').update(weights).digest('hex')
