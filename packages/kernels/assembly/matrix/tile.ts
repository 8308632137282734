import { multiplyAdd } from '../arithmetic'
import { load4, splat4, store4 } from '../memory'

/** Whether tiles span two panels where they can; see `widen`. */
let wide: bool = false

/**
 * Lets tiles span two panels, 16 columns, at a time (1), or one (0, as at first). The results are the same bits: every
 * element sums its products in the order of the depth either way.
 *
 * The 24 accumulators of a wide tile fit no engine's 128-bit registers. They pay where the engine packs each two of its
 * vectors into one of 256 bits, and cost where it does not (measured: 110 and 46 instead of 63 GFLOP/s).
 */
export function widen(on: i32): void {
  wide = on != 0
}

/**
 * C = I + A·B for one tile of ROWS × 8·PANELS: A is `[ROWS, depth]` with `lda` bytes from row to row, B one or two packed
 * panels `[depth, 8]`, one behind the other, I and C `[ROWS, 8·PANELS]` with `ldi` and `ldc` bytes from row to row (`ldi`
 * = 0 adds one row to all).
 *
 * With 6 rows and one panel the 12 accumulators, two vectors of B and one of A fill the 15 vector registers that
 * engines have to give on x64; other shapes are slower there (4 × 12: 41 to 48, 8 × 8: 44 to 53, 4 × 8: 53 to 56 of the
 * 63 GFLOP/s that 6 × 8 gives). ROWS and PANELS are constants wherever this is inlined.
 *
 * The loop is not unrolled: optimisers then gather the four steps of each sum, which takes four times the registers
 * for B, and the sums are spilled (measured: 43 instead of 54 GFLOP/s of the 59 that the multipliers give).
 */
@inline
function tile(
  ROWS: i32, PANELS: i32, depth: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize,
): void {
  let d = b + (<usize>depth << 5)
  let c00 = load4(i), c01 = load4(i + 16), c02 = c00, c03 = c00
  if (PANELS > 1) { c02 = load4(i + 32); c03 = load4(i + 48) }
  let c10 = c00, c11 = c00, c12 = c00, c13 = c00, a1 = a
  let c20 = c00, c21 = c00, c22 = c00, c23 = c00, a2 = a
  let c30 = c00, c31 = c00, c32 = c00, c33 = c00, a3 = a
  let c40 = c00, c41 = c00, c42 = c00, c43 = c00, a4 = a
  let c50 = c00, c51 = c00, c52 = c00, c53 = c00, a5 = a
  if (ROWS > 1) {
    i += ldi
    c10 = load4(i)
    c11 = load4(i + 16)
    if (PANELS > 1) { c12 = load4(i + 32); c13 = load4(i + 48) }
    a1 = a + lda
  }
  if (ROWS > 2) {
    i += ldi
    c20 = load4(i)
    c21 = load4(i + 16)
    if (PANELS > 1) { c22 = load4(i + 32); c23 = load4(i + 48) }
    a2 = a1 + lda
  }
  if (ROWS > 3) {
    i += ldi
    c30 = load4(i)
    c31 = load4(i + 16)
    if (PANELS > 1) { c32 = load4(i + 32); c33 = load4(i + 48) }
    a3 = a2 + lda
  }
  if (ROWS > 4) {
    i += ldi
    c40 = load4(i)
    c41 = load4(i + 16)
    if (PANELS > 1) { c42 = load4(i + 32); c43 = load4(i + 48) }
    a4 = a3 + lda
  }
  if (ROWS > 5) {
    i += ldi
    c50 = load4(i)
    c51 = load4(i + 16)
    if (PANELS > 1) { c52 = load4(i + 32); c53 = load4(i + 48) }
    a5 = a4 + lda
  }
  for (let k = depth; k > 0; k--) {
    const b0 = load4(b), b1 = load4(b + 16)
    let b2 = b0, b3 = b1
    if (PANELS > 1) { b2 = load4(d); b3 = load4(d + 16) }
    let s = splat4(a)
    c00 = multiplyAdd(s, b0, c00)
    c01 = multiplyAdd(s, b1, c01)
    if (PANELS > 1) { c02 = multiplyAdd(s, b2, c02); c03 = multiplyAdd(s, b3, c03) }
    if (ROWS > 1) {
      s = splat4(a1)
      c10 = multiplyAdd(s, b0, c10)
      c11 = multiplyAdd(s, b1, c11)
      if (PANELS > 1) { c12 = multiplyAdd(s, b2, c12); c13 = multiplyAdd(s, b3, c13) }
      a1 += 4
    }
    if (ROWS > 2) {
      s = splat4(a2)
      c20 = multiplyAdd(s, b0, c20)
      c21 = multiplyAdd(s, b1, c21)
      if (PANELS > 1) { c22 = multiplyAdd(s, b2, c22); c23 = multiplyAdd(s, b3, c23) }
      a2 += 4
    }
    if (ROWS > 3) {
      s = splat4(a3)
      c30 = multiplyAdd(s, b0, c30)
      c31 = multiplyAdd(s, b1, c31)
      if (PANELS > 1) { c32 = multiplyAdd(s, b2, c32); c33 = multiplyAdd(s, b3, c33) }
      a3 += 4
    }
    if (ROWS > 4) {
      s = splat4(a4)
      c40 = multiplyAdd(s, b0, c40)
      c41 = multiplyAdd(s, b1, c41)
      if (PANELS > 1) { c42 = multiplyAdd(s, b2, c42); c43 = multiplyAdd(s, b3, c43) }
      a4 += 4
    }
    if (ROWS > 5) {
      s = splat4(a5)
      c50 = multiplyAdd(s, b0, c50)
      c51 = multiplyAdd(s, b1, c51)
      if (PANELS > 1) { c52 = multiplyAdd(s, b2, c52); c53 = multiplyAdd(s, b3, c53) }
      a5 += 4
    }
    b += 32
    if (PANELS > 1) d += 32
    a += 4
  }
  store4(c, c00)
  store4(c + 16, c01)
  if (PANELS > 1) { store4(c + 32, c02); store4(c + 48, c03) }
  if (ROWS > 1) {
    c += ldc
    store4(c, c10)
    store4(c + 16, c11)
    if (PANELS > 1) { store4(c + 32, c12); store4(c + 48, c13) }
  }
  if (ROWS > 2) {
    c += ldc
    store4(c, c20)
    store4(c + 16, c21)
    if (PANELS > 1) { store4(c + 32, c22); store4(c + 48, c23) }
  }
  if (ROWS > 3) {
    c += ldc
    store4(c, c30)
    store4(c + 16, c31)
    if (PANELS > 1) { store4(c + 32, c32); store4(c + 48, c33) }
  }
  if (ROWS > 4) {
    c += ldc
    store4(c, c40)
    store4(c + 16, c41)
    if (PANELS > 1) { store4(c + 32, c42); store4(c + 48, c43) }
  }
  if (ROWS > 5) {
    c += ldc
    store4(c, c50)
    store4(c + 16, c51)
    if (PANELS > 1) { store4(c + 32, c52); store4(c + 48, c53) }
  }
}

function tile1(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(1, 1, k, a, lda, b, i, ldi, c, ldc)
}
function tile2(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(2, 1, k, a, lda, b, i, ldi, c, ldc)
}
function tile3(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(3, 1, k, a, lda, b, i, ldi, c, ldc)
}
function tile4(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(4, 1, k, a, lda, b, i, ldi, c, ldc)
}
function tile5(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(5, 1, k, a, lda, b, i, ldi, c, ldc)
}
function tile6(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(6, 1, k, a, lda, b, i, ldi, c, ldc)
}
function wideTile1(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(1, 2, k, a, lda, b, i, ldi, c, ldc)
}
function wideTile2(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(2, 2, k, a, lda, b, i, ldi, c, ldc)
}
function wideTile3(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(3, 2, k, a, lda, b, i, ldi, c, ldc)
}
function wideTile4(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(4, 2, k, a, lda, b, i, ldi, c, ldc)
}
function wideTile5(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(5, 2, k, a, lda, b, i, ldi, c, ldc)
}
function wideTile6(k: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize): void {
  tile(6, 2, k, a, lda, b, i, ldi, c, ldc)
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

/** How many panels the next tiles take of those left: `multiplyPanels` is given that many. */
@inline
export function tilePanels(left: i32): i32 {
  return wide && left > 1 ? 2 : 1
}

/**
 * C = I + A·B for `[rows, 8·panels]`, `panels` 1 or 2: packed panels `[panels, depth, 8]` of B for all rows of A. Leading
 * dimensions are bytes.
 */
export function multiplyPanels(
  panels: i32, rows: i32, depth: i32, a: usize, lda: usize, b: usize, i: usize, ldi: usize, c: usize, ldc: usize,
): void {
  while (rows > 0) {
    const r = tileRows(rows)
    if (panels == 1) {
      if (r == 6) tile6(depth, a, lda, b, i, ldi, c, ldc)
      else if (r == 5) tile5(depth, a, lda, b, i, ldi, c, ldc)
      else if (r == 4) tile4(depth, a, lda, b, i, ldi, c, ldc)
      else if (r == 3) tile3(depth, a, lda, b, i, ldi, c, ldc)
      else if (r == 2) tile2(depth, a, lda, b, i, ldi, c, ldc)
      else tile1(depth, a, lda, b, i, ldi, c, ldc)
    } else {
      if (r == 6) wideTile6(depth, a, lda, b, i, ldi, c, ldc)
      else if (r == 5) wideTile5(depth, a, lda, b, i, ldi, c, ldc)
      else if (r == 4) wideTile4(depth, a, lda, b, i, ldi, c, ldc)
      else if (r == 3) wideTile3(depth, a, lda, b, i, ldi, c, ldc)
      else if (r == 2) wideTile2(depth, a, lda, b, i, ldi, c, ldc)
      else wideTile1(depth, a, lda, b, i, ldi, c, ldc)
    }
    rows -= r
    a += <usize>r * lda
    i += <usize>r * ldi
    c += <usize>r * ldc
  }
}
