import { philox } from './philox.ts'

/** Where a dropout mask is used. Two addresses that differ in anything give independent masks. */
export interface MaskAddress {
  /** 32 bits, derived from the study's seed and the trial. */
  readonly seed: number
  readonly fold: number
  /** The number of the update, from 0. */
  readonly update: number
  /** The layer's place in the model, from 0, the input and masking layers not counted. */
  readonly layer: number
  /** Whether it masks the layer's inputs or, of an LSTM, the state on its way to the next step. */
  readonly use: 'inputs' | 'recurrent'
}

/**
 * Fills `mask` for inverted dropout: 0 with probability `rate`, 1 / (1 − rate) otherwise. Element i takes word i mod 4
 * of Philox4x32-10 with counter (⌊i / 4⌋, update, layer, use), where use is 0 for inputs and 1 for the recurrent state,
 * and key (seed, fold); it is kept where that word is at least rate · 2³². The compiled step draws the same masks.
 */
export function fillDropoutMask(mask: Float32Array, rate: number, address: MaskAddress): Float32Array {
  const { seed, fold, update, layer, use } = address
  const threshold = Math.floor(rate * 0x100000000)
  const kept = 1 / (1 - rate)
  for (let block = 0; 4 * block < mask.length; block++) {
    const words = philox([block, update, layer, use === 'inputs' ? 0 : 1], [seed, fold])
    const end = Math.min(4, mask.length - 4 * block)
    for (let j = 0; j < end; j++) mask[4 * block + j] = words[j]! >= threshold ? kept : 0
  }
  return mask
}
