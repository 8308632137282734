import { multiplyAdd } from '../arithmetic'
import { load4, splat4, store4 } from '../memory'

/**
 * C = I + A·B for one tile of ROWS × 8: A is `[ROWS, depth]` with `lda` bytes from row to row, B a packed panel
 * `[depth, 8]`, I and C `[ROWS, 8]` with `ldi` and `ldc` bytes from row to row (`ldi` = 0 adds one row to all).
 *
 * With 6 rows the 12 accumulators, two vectors of B and one of A fill the 15 vector registers that engines have to
 * give on x64. ROWS is a constant wherever this is inlined.
 *
 * The loop is not unrolled: optimisers then gather the four steps of each sum, which takes four times the registers
 * for B, and the sums are spilled (measured: 43 instead of 54 GFLOP/s of the 59 that the multipliers give).
 */
@inline
function tile(ROWS: i32, depth: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  let c00 = load4(i)
  let c01 = load4(i + 16)
  let c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00
  let a1 = a, a2 = a, a3 = a, a4 = a, a5 = a
  if (ROWS > 1) { i += ldi; c10 = load4(i); c11 = load4(i + 16); a1 = a + lda }
  if (ROWS > 2) { i += ldi; c20 = load4(i); c21 = load4(i + 16); a2 = a1 + lda }
  if (ROWS > 3) { i += ldi; c30 = load4(i); c31 = load4(i + 16); a3 = a2 + lda }
  if (ROWS > 4) { i += ldi; c40 = load4(i); c41 = load4(i + 16); a4 = a3 + lda }
  if (ROWS > 5) { i += ldi; c50 = load4(i); c51 = load4(i + 16); a5 = a4 + lda }
  for (let k = depth; k > 0; k--) {
    const b0 = load4(b), b1 = load4(b + 16)
    let s = splat4(a); c00 = multiplyAdd(s, b0, c00); c01 = multiplyAdd(s, b1, c01)
    if (ROWS > 1) { s = splat4(a1); c10 = multiplyAdd(s, b0, c10); c11 = multiplyAdd(s, b1, c11); a1 += 4 }
    if (ROWS > 2) { s = splat4(a2); c20 = multiplyAdd(s, b0, c20); c21 = multiplyAdd(s, b1, c21); a2 += 4 }
    if (ROWS > 3) { s = splat4(a3); c30 = multiplyAdd(s, b0, c30); c31 = multiplyAdd(s, b1, c31); a3 += 4 }
    if (ROWS > 4) { s = splat4(a4); c40 = multiplyAdd(s, b0, c40); c41 = multiplyAdd(s, b1, c41); a4 += 4 }
    if (ROWS > 5) { s = splat4(a5); c50 = multiplyAdd(s, b0, c50); c51 = multiplyAdd(s, b1, c51); a5 += 4 }
    b += 32
    a += 4
  }
  store4(c, c00)
  store4(c + 16, c01)
  if (ROWS > 1) { c += ldc; store4(c, c10); store4(c + 16, c11) }
  if (ROWS > 2) { c += ldc; store4(c, c20); store4(c + 16, c21) }
  if (ROWS > 3) { c += ldc; store4(c, c30); store4(c + 16, c31) }
  if (ROWS > 4) { c += ldc; store4(c, c40); store4(c + 16, c41) }
  if (ROWS > 5) { c += ldc; store4(c, c50); store4(c + 16, c51) }
}

function tile1(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(1, k, a, lda, b, i, ldi, c, ldc)
}
function tile2(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(2, k, a, lda, b, i, ldi, c, ldc)
}
function tile3(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(3, k, a, lda, b, i, ldi, c, ldc)
}
function tile4(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(4, k, a, lda, b, i, ldi, c, ldc)
}
function tile5(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(5, k, a, lda, b, i, ldi, c, ldc)
}
function tile6(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(6, k, a, lda, b, i, ldi, c, ldc)
}

/**
 * How many rows the next tile takes of those left: 6, and towards the end two tiles of nearly the same height, as a
 * low tile has too few independent sums to keep the multipliers busy.
 */
@inline
export function tileRows(left: i32): i32 {
  if (left >= 12) return 6
  return left > 6 ? (left + 1) >> 1 : left
}

/** C = I + A·B for `[rows, 8]`: one panel of B for all rows of A. Leading dimensions are bytes. */
@inline
export function multiplyPanel(
  rows: i32, depth: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize,
): void {
  while (rows > 0) {
    const r = tileRows(rows)
    if (r == 6) tile6(depth, a, lda, b, i, ldi, c, ldc)
    else if (r == 5) tile5(depth, a, lda, b, i, ldi, c, ldc)
    else if (r == 4) tile4(depth, a, lda, b, i, ldi, c, ldc)
    else if (r == 3) tile3(depth, a, lda, b, i, ldi, c, ldc)
    else if (r == 2) tile2(depth, a, lda, b, i, ldi, c, ldc)
    else tile1(depth, a, lda, b, i, ldi, c, ldc)
    rows -= r
    a += <usize>r * lda
    i += <usize>r * ldi
    c += <usize>r * ldc
  }
}
