import { floats, load1, load4, store1, store4 } from '../memory'

/**
 * Packs B `[rows, columns]` (row after row, `ld` floats apart) into panels `[⌈columns/8⌉, rows, 8]`. Missing columns
 * of the last panel are 0.
 */
export function pack(rows: i32, columns: i32, from: usize, ld: i32, to: usize): void {
  const stride = floats(ld)
  for (let j = 0; j < columns; j += 8) {
    let source = from + floats(j)
    const width = min(columns - j, 8)
    for (let k = 0; k < rows; k++) {
      if (width == 8) {
        store4(to, load4(source))
        store4(to + 16, load4(source + 16))
      } else {
        for (let n = 0; n < 8; n++) store1(to + floats(n), n < width ? load1(source + floats(n)) : 0)
      }
      source += stride
      to += 32
    }
  }
}

/**
 * Packs Bᵀ of B `[rows, columns]` into panels `[⌈rows/8⌉, depth, 8]` at depths `first` … `first + columns − 1`, and
 * zeros to `first + width − 1`: so that gates, each padded to `width`, are packed one behind the other.
 */
export function packTransposed(
  rows: i32, columns: i32, from: usize, ld: i32, to: usize, depth: i32, first: i32, width: i32,
): void {
  for (let j = 0; j < rows; j += 8) {
    const height = min(rows - j, 8)
    const panel = to + floats(((j >> 3) * depth + first) << 3)
    for (let n = 0; n < 8; n++) {
      const row = from + floats((j + n) * ld)
      for (let k = 0; k < width; k++) {
        const value: f32 = n < height && k < columns ? load1(row + floats(k)) : 0
        store1(panel + floats((k << 3) + n), value)
      }
    }
  }
}
