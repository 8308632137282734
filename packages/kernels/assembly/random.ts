import { splat } from './arithmetic'
import { floats, load1, load4, store1, store4 } from './memory'

/** Multipliers and Weyl constants of Philox4x32 (Salmon et al. 2011, section 3.3). */
const M0: u32 = 0xd2511f53
const M1: u32 = 0xcd9e8d57
const W0: u32 = 0x9e3779b9
const W1: u32 = 0xbb67ae85

/** The upper words of a·b in four lanes, given the products of lanes 0, 1 and of lanes 2, 3. */
@inline
function upper(low: v128, high: v128): v128 {
  return i32x4.shuffle(low, high, 1, 3, 5, 7)
}

@inline
function lower(low: v128, high: v128): v128 {
  return i32x4.shuffle(low, high, 0, 2, 4, 6)
}

/** `scale` where a word is at least `threshold`, else 0. */
@inline
function keep(words: v128, threshold: v128, scale: v128): v128 {
  return v128.and(i32x4.ge_u(words, threshold), scale)
}

/** Sixteen elements of a mask: blocks `block` … `block + 3`, one in each lane. */
@inline
function sixteen(
  block: u32, step: u32, layer: u32, use: u32, seed: u32, fold: u32, threshold: v128, scale: v128, to: usize,
): void {
  const m0 = i32x4.splat(M0)
  const m1 = i32x4.splat(M1)
  let w0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3))
  let w1 = i32x4.splat(step)
  let w2 = i32x4.splat(layer)
  let w3 = i32x4.splat(use)
  let k0 = seed
  let k1 = fold
  for (let round = 0; round < 10; round++) {
    const p0 = i64x2.extmul_low_i32x4_u(w0, m0)
    const q0 = i64x2.extmul_high_i32x4_u(w0, m0)
    const p1 = i64x2.extmul_low_i32x4_u(w2, m1)
    const q1 = i64x2.extmul_high_i32x4_u(w2, m1)
    w0 = v128.xor(v128.xor(upper(p1, q1), w1), i32x4.splat(k0))
    w2 = v128.xor(v128.xor(upper(p0, q0), w3), i32x4.splat(k1))
    w1 = lower(p1, q1)
    w3 = lower(p0, q0)
    k0 += W0
    k1 += W1
  }
  // Four words of one block are four neighbouring elements.
  const a = i32x4.shuffle(w0, w1, 0, 4, 1, 5)
  const b = i32x4.shuffle(w2, w3, 0, 4, 1, 5)
  const c = i32x4.shuffle(w0, w1, 2, 6, 3, 7)
  const d = i32x4.shuffle(w2, w3, 2, 6, 3, 7)
  store4(to, keep(i64x2.shuffle(a, b, 0, 2), threshold, scale))
  store4(to + 16, keep(i64x2.shuffle(a, b, 1, 3), threshold, scale))
  store4(to + 32, keep(i64x2.shuffle(c, d, 0, 2), threshold, scale))
  store4(to + 48, keep(i64x2.shuffle(c, d, 1, 3), threshold, scale))
}

/**
 * A dropout mask of `length` elements, from Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random
 * numbers: as easy as 1, 2, 3"): ten rounds of two 32 × 32 → 64 bit products make four random words of a counter and a
 * key, so that any word of any mask can be made by itself.
 *
 * The key is (seed, fold), the counter (block, step, layer, use); element n of the mask is word n mod 4 of block
 * ⌊n/4⌋. An element is kept, with the value `scale`, where its word is at least `threshold`.
 */
export function dropoutMask(
  seed: u32, fold: u32, step: u32, layer: u32, use: u32, length: i32, threshold: u32, scale: f32, to: usize,
): void {
  const limit = i32x4.splat(threshold)
  const kept = splat(scale)
  let n = 0
  for (; n + 16 <= length; n += 16) {
    sixteen(<u32>n >> 2, step, layer, use, seed, fold, limit, kept, to + floats(n))
  }
  for (; n < length; n += 4) {
    let w0 = <u32>n >> 2
    let w1 = step
    let w2 = layer
    let w3 = use
    let k0 = seed
    let k1 = fold
    for (let round = 0; round < 10; round++) {
      const p0 = <u64>w0 * M0
      const p1 = <u64>w2 * M1
      w0 = <u32>(p1 >> 32) ^ w1 ^ k0
      w1 = <u32>p1
      w2 = <u32>(p0 >> 32) ^ w3 ^ k1
      w3 = <u32>p0
      k0 += W0
      k1 += W1
    }
    const at = to + floats(n)
    store1(at, w0 >= threshold ? scale : 0)
    if (n + 1 < length) store1(at + 4, w1 >= threshold ? scale : 0)
    if (n + 2 < length) store1(at + 8, w2 >= threshold ? scale : 0)
    if (n + 3 < length) store1(at + 12, w3 >= threshold ? scale : 0)
  }
}

/** y ← x∘mask for `length` floats. */
export function applyMask(length: i32, x: usize, mask: usize, y: usize): void {
  let n = length
  for (; n >= 4; n -= 4) {
    store4(y, f32x4.mul(load4(x), load4(mask)))
    x += 16
    mask += 16
    y += 16
  }
  for (; n > 0; n--) {
    store1(y, load1(x) * load1(mask))
    x += 4
    mask += 4
    y += 4
  }
}

/** y ← x∘mask at every one of `steps` time steps: x and y `[steps, rows]`, mask `[rows]`. */
export function applyMaskPerStep(steps: i32, rows: i32, x: usize, mask: usize, y: usize): void {
  for (let t = 0; t < steps; t++) {
    applyMask(rows, x, mask, y)
    x += floats(rows)
    y += floats(rows)
  }
}
