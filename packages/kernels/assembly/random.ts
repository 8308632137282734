import { floats, load1, store1 } from './memory'

/**
 * Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): ten rounds of
 * two 32 × 32 → 64 bit products make four random words of a counter and a key, so that any word of any mask can be
 * made by itself.
 *
 * A dropout mask has the key (seed, fold) and the counter (block, step, layer, use); element n of the mask is word
 * n mod 4 of block ⌊n/4⌋. An element is kept, with the value `scale`, where its word is at least `threshold`.
 *
 * The mask is `[batch, steps, columns]` in this order of its elements, and stored time step after time step,
 * `[steps, batch, ld]`; columns beyond `columns` are left as they are.
 */
export function dropoutMask(
  seed: u32, fold: u32, step: u32, layer: u32, use: u32,
  batch: i32, steps: i32, columns: i32, threshold: u32, scale: f32, to: usize, ld: i32,
): void {
  let block: u32 = 0
  let word = 4
  let w0: u32 = 0, w1: u32 = 0, w2: u32 = 0, w3: u32 = 0
  for (let r = 0; r < batch * steps; r++) {
    const row = to + floats(((r % steps) * batch + r / steps) * ld)
    for (let n = 0; n < columns; n++) {
      if (word == 4) {
        word = 0
        w0 = block++
        w1 = step
        w2 = layer
        w3 = use
        let k0 = seed
        let k1 = fold
        for (let round = 0; round < 10; round++) {
          const p0 = <u64>w0 * 0xd2511f53
          const p1 = <u64>w2 * 0xcd9e8d57
          w0 = <u32>(p1 >> 32) ^ w1 ^ k0
          w1 = <u32>p1
          w2 = <u32>(p0 >> 32) ^ w3 ^ k1
          w3 = <u32>p0
          k0 += 0x9e3779b9
          k1 += 0xbb67ae85
        }
      }
      const value = word == 0 ? w0 : word == 1 ? w1 : word == 2 ? w2 : w3
      store1(row + floats(n), value >= threshold ? scale : 0)
      word++
    }
  }
}

/** y ← x∘mask for `length` floats. */
export function applyMask(length: i32, x: usize, mask: usize, y: usize): void {
  for (let n = 0; n < length; n++) {
    const at = floats(n)
    store1(y + at, load1(x + at) * load1(mask + at))
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
