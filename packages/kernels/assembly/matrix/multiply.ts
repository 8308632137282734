import { floats } from '../memory'
import { multiplyPanels, tilePanels } from './tile'

/** Rows of A that pass under all panels of B before the next ones: they stay in the second-level cache. */
const ROW_BLOCK: i32 = 96

/**
 * C = I + A·B. A is `[rows, depth]`, B packed `[panels, depth, 8]`, I and C `[rows, 8·panels]`.
 * `lda`, `ldi`, `ldc` count floats from row to row; `ldi` = 0 adds the one row I to all (a bias, or zeros).
 */
export function multiply(
  rows: i32, panels: i32, depth: i32,
  a: usize, lda: i32, b: usize, i: usize, ldi: i32, c: usize, ldc: i32,
): void {
  const strideA = floats(lda)
  const strideI = floats(ldi)
  const strideC = floats(ldc)
  const strideB = floats(depth << 3)
  while (rows > 0) {
    const block = min(rows, ROW_BLOCK)
    for (let j = 0; j < panels; ) {
      const n = tilePanels(panels - j)
      const column = floats(j << 3)
      multiplyPanels(n, block, depth, a, strideA, b + <usize>j * strideB, i + column, strideI, c + column, strideC)
      j += n
    }
    rows -= block
    a += <usize>block * strideA
    i += <usize>block * strideI
    c += <usize>block * strideC
  }
}
