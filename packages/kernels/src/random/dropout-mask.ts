import { philox } from './philox.ts'

/** Uses of a mask in a layer. */
export const MASK_USES = { inputs: 0, recurrent: 1 } as const

/** Where a dropout mask stands among all: the same address gives the same mask, wherever and whenever. */
export interface MaskAddress {
  /** 32 bits. */
  readonly seed: number
  readonly fold: number
  /** The number of the update, from 0. */
  readonly step: number
  /** The layer's place in the network, from 0, layers without weights counted. */
  readonly layer: number
  readonly use: keyof typeof MASK_USES
}

/** Words below this are dropped: a share of `rate` of all 2³². */
export const dropThreshold = (rate: number): number => Math.floor(rate * 2 ** 32)

/** What kept elements are multiplied with. */
export const keepScale = (rate: number): number => Math.fround(1 / (1 - rate))

/**
 * The dropout mask at an address: `length` values that are 0 with probability `rate` and 1/(1 − rate) otherwise, the
 * very ones that the compiled step uses. Elements count in the layer's own order, `[batch, features]` or `[batch,
 * steps, features]`.
 *
 * Element n is word n mod 4 of Philox4x32-10 at the counter (⌊n/4⌋, step, layer, use) under the key (seed, fold).
 */
export function dropoutMask(address: MaskAddress, length: number, rate: number): Float32Array {
  const mask = new Float32Array(length)
  const threshold = dropThreshold(rate)
  const scale = keepScale(rate)
  const key = [address.seed, address.fold] as const
  for (let block = 0; block * 4 < length; block++) {
    const words = philox([block, address.step, address.layer, MASK_USES[address.use]], key)
    for (let n = block * 4; n < Math.min(length, block * 4 + 4); n++) {
      mask[n] = (words[n % 4] as number) >= threshold ? scale : 0
    }
  }
  return mask
}
