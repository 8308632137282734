import { philox } from './philox.ts'

/** Where a dropout mask is used. Two addresses that differ in anything give independent masks. */
export interface MaskAddress {
  /** 32 bits, derived from the study's seed and the trial. */
  readonly seed: number
  readonly fold: number
  /** The number of the update, from 0. */
  readonly update: number
  /** Which mask of the model: see {@link slotOf}. */
  readonly slot: number
}

/**
 * The slot of a layer's mask: twice the layer's place among the model's layers that can drop (LSTM and dropout layers,
 * in the model's order, from 0), plus one for the mask on the recurrent state.
 */
export const slotOf = (place: number, mask: 'input' | 'recurrent'): number =>
  2 * place + (mask === 'recurrent' ? 1 : 0)

/**
 * Fills `mask` for inverted dropout: 0 with probability `rate`, 1 / (1 − rate) otherwise. Element i takes word i mod 4
 * of Philox4x32-10 with counter (⌊i / 4⌋, update, slot, 0) and key (seed, fold), and is kept where that word is at least
 * rate · 2³².
 */
export function fillDropoutMask(mask: Float32Array, rate: number, address: MaskAddress): Float32Array {
  const { seed, fold, update, slot } = address
  const threshold = rate * 0x100000000
  const kept = 1 / (1 - rate)
  for (let block = 0; 4 * block < mask.length; block++) {
    const words = philox([block, update, slot, 0], [seed, fold])
    const end = Math.min(4, mask.length - 4 * block)
    for (let j = 0; j < end; j++) mask[4 * block + j] = words[j]! >= threshold ? kept : 0
  }
  return mask
}
