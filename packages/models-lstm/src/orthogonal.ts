import type { Rng } from '@rondo/core'

/**
 * A matrix `[rows, columns]`, row after row, whose shorter side is orthonormal: the Q of a Gaussian matrix's QR
 * decomposition, with the signs of R's diagonal divided out so that it is uniform among all such (Saxe et al., 2014;
 * Mezzadri, 2007). By Householder reflections in 64 bits.
 */
export function orthogonal(rows: number, columns: number, rng: Rng): Float32Array {
  const tall = Math.max(rows, columns)
  const thin = Math.min(rows, columns)
  const q = orthonormalColumns(tall, thin, rng)
  const matrix = new Float32Array(rows * columns)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      // `q` is held column after column.
      matrix[r * columns + c] = rows >= columns ? q[c * tall + r]! : q[r * tall + c]!
    }
  }
  return matrix
}

/** `thin` orthonormal vectors of length `tall`, one after the other. */
function orthonormalColumns(tall: number, thin: number, rng: Rng): Float64Array {
  const a = Float64Array.from({ length: tall * thin }, () => rng.normal())
  const signs = new Float64Array(thin)
  // Reflector k is kept in the place of column k from row k on, scaled so that H = I − v·vᵀ.
  for (let k = 0; k < thin; k++) {
    const column = a.subarray(k * tall, (k + 1) * tall)
    let square = 0
    for (let i = k; i < tall; i++) square += column[i]! ** 2
    const norm = Math.sqrt(square)
    const diagonal = column[k]! > 0 ? -norm : norm
    signs[k] = diagonal < 0 ? -1 : 1
    column[k]! -= diagonal
    const length = Math.sqrt(norm * (norm + Math.abs(column[k]! + diagonal)))
    if (length === 0) continue
    for (let i = k; i < tall; i++) column[i]! /= length
    for (let j = k + 1; j < thin; j++) reflect(column, a.subarray(j * tall, (j + 1) * tall), k)
  }
  const q = new Float64Array(tall * thin)
  for (let j = 0; j < thin; j++) {
    const column = q.subarray(j * tall, (j + 1) * tall)
    column[j] = signs[j]!
    for (let k = Math.min(j, thin - 1); k >= 0; k--) reflect(a.subarray(k * tall, (k + 1) * tall), column, k)
  }
  return q
}

/** x ← (I − v·vᵀ)·x over the rows from `from` on. */
function reflect(v: Float64Array, x: Float64Array, from: number): void {
  let dot = 0
  for (let i = from; i < x.length; i++) dot += v[i]! * x[i]!
  for (let i = from; i < x.length; i++) x[i]! -= dot * v[i]!
}
