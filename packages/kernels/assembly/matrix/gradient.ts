import { floats, load1, load4, store1, store4 } from '../memory'
import { multiplyPanels, tilePanels, tileRows } from './tile'

/** Rows summed at once: their panels of D stay in the second-level cache. */
const DEPTH_BLOCK: i32 = 128

/** Packs `[depth, 8·panels]` of D into panels `[panels, depth, 8]` and adds its columns to `sums`. */
function packAndSum(depth: i32, panels: i32, d: usize, stride: usize, to: usize, sums: usize): void {
  for (let j = 0; j < panels; j++) {
    let source = d + floats(j << 3)
    const sum = sums + floats(j << 3)
    let s0 = load4(sum)
    let s1 = load4(sum + 16)
    for (let k = 0; k < depth; k++) {
      const d0 = load4(source)
      const d1 = load4(source + 16)
      s0 = f32x4.add(s0, d0)
      s1 = f32x4.add(s1, d1)
      store4(to, d0)
      store4(to + 16, d1)
      source += stride
      to += 32
    }
    store4(sum, s0)
    store4(sum + 16, s1)
  }
}

/** Transposes `[depth, rows ≤ 6]` of A into `[rows, depth]`, so that tiles read along the depth. */
function transpose(depth: i32, rows: i32, a: usize, stride: usize, to: usize): void {
  for (let m = 0; m < rows; m++) {
    let source = a + floats(m)
    for (let k = 0; k < depth; k++) {
      store1(to, load1(source))
      source += stride
      to += 4
    }
  }
}

/** G += Aᵀ·D for one block of depth, D packed. */
function accumulate(
  depth: i32, panels: i32, columns: i32, a: usize, stride: usize, d: usize, g: usize, ldg: usize, row: usize,
): void {
  while (columns > 0) {
    const r = tileRows(columns)
    transpose(depth, r, a, stride, row)
    for (let j = 0; j < panels; ) {
      const n = tilePanels(panels - j)
      const c = g + floats(j << 3)
      multiplyPanels(n, r, depth, row, floats(depth), d + floats((j * depth) << 3), c, ldg, c, ldg)
      j += n
    }
    columns -= r
    a += floats(r)
    g += <usize>r * ldg
  }
}

/**
 * Adds to the gradients of y = x·W + h·R + b what D = ∂L/∂y of these rows (time steps × batch) gives:
 * ∂L/∂W += Xᵀ·D `[features, 8·panels]`, ∂L/∂R += Hᵀ·D `[units, 8·panels]`, ∂L/∂b += Σ D `[8·panels]`.
 * X is `[rows, features]` with `ldx` floats from row to row, H `[rows, units]` with `ldh`, D `[rows, 8·panels]` with
 * `ldd`. The gradients have `ldg` floats from row to row. `units` = 0 leaves out R.
 *
 * `scratch` holds 128·(8·panels + 6) floats.
 */
export function weightGradients(
  rows: i32, panels: i32, d: usize, ldd: i32, ldg: i32,
  features: i32, x: usize, ldx: i32, dw: usize,
  units: i32, h: usize, ldh: i32, dr: usize,
  db: usize, scratch: usize,
): void {
  const columns = panels << 3
  const stride = floats(ldd)
  const strideG = floats(ldg)
  const strideX = floats(ldx)
  const strideH = floats(ldh)
  const row = scratch + floats(DEPTH_BLOCK * columns)
  while (rows > 0) {
    const depth = min(rows, DEPTH_BLOCK)
    packAndSum(depth, panels, d, stride, scratch, db)
    accumulate(depth, panels, features, x, strideX, scratch, dw, strideG, row)
    if (units > 0) accumulate(depth, panels, units, h, strideH, scratch, dr, strideG, row)
    rows -= depth
    d += <usize>depth * stride
    x += <usize>depth * strideX
    h += <usize>depth * strideH
  }
}

/** Copies the first `width` of every `pad` floats: a gradient with padded gates → the weight's own layout. */
export function unpad(rows: i32, width: i32, pad: i32, from: usize, to: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let n = 0; n < width; n++) store1(to + floats(n), load1(from + floats(n)))
    from += floats(pad)
    to += floats(width)
  }
}
