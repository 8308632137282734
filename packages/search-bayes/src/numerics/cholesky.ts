/**
 * Factors a symmetric positive definite matrix as L·Lᵀ.
 *
 * @param a `[n, n]` row by row; only the lower triangle is read, and it is overwritten with L.
 * @returns false where the matrix is not positive definite in floating point; `a` is then spoilt.
 */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n
    for (let j = 0; j <= i; j++) {
      const other = j * n
      let sum = a[row + j]!
      for (let k = 0; k < j; k++) sum -= a[row + k]! * a[other + k]!
      if (j < i) a[row + j] = sum / a[other + j]!
      else {
        // Also false for NaN.
        if (!(sum > 0)) return false
        a[row + i] = Math.sqrt(sum)
      }
    }
  }
  return true
}

/** Solves L·x = b in place; `l` as {@link choleskyInPlace} leaves it, with rows `stride` apart. */
export function solveLower(l: Float64Array, n: number, b: Float64Array, stride = n): void {
  for (let i = 0; i < n; i++) {
    const row = i * stride
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= l[row + k]! * b[k]!
    b[i] = sum / l[row + i]!
  }
}

/** The inverse of L, lower triangular, row by row `[n, n]`; above the diagonal are zeros. */
export function invertLower(l: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const row = i * n
    const scale = 1 / l[row + i]!
    // Row i of the inverse from the rows above: all inner loops run along rows.
    for (let k = 0; k < i; k++) {
      const factor = -l[row + k]! * scale
      const above = k * n
      for (let j = 0; j <= k; j++) inverse[row + j] = inverse[row + j]! + factor * inverse[above + j]!
    }
    inverse[row + i] = scale
  }
  return inverse
}

/** (L·Lᵀ)⁻¹ from L⁻¹; only the lower triangle of the result `[n, n]` is filled. */
export function inverseFromLower(lowerInverse: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n)
  for (let k = 0; k < n; k++) {
    const source = k * n
    for (let i = 0; i <= k; i++) {
      const factor = lowerInverse[source + i]!
      const row = i * n
      for (let j = 0; j <= i; j++) inverse[row + j] = inverse[row + j]! + factor * lowerInverse[source + j]!
    }
  }
  return inverse
}

/** The sum of the logarithms of L's diagonal: half the log determinant of L·Lᵀ. */
export function halfLogDeterminant(l: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i]!)
  return sum
}
