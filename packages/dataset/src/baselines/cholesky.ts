/**
 * Solves A·x = b for a symmetric positive definite A `[n, n]` (its lower triangle is read) and several right sides b
 * `[n, sides]`, by Cholesky's factorisation. `undefined` where A is not positive definite.
 */
export function solvePositive(
  a: Float64Array,
  b: Float64Array,
  n: number,
  sides: number,
): Float64Array | undefined {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!
      if (i > j) lower[i * n + j] = sum / lower[j * n + j]!
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum)
      else return undefined
    }
  }
  const x = b.slice()
  for (let side = 0; side < sides; side++) {
    for (let i = 0; i < n; i++) {
      let sum = x[i * sides + side]!
      for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * x[k * sides + side]!
      x[i * sides + side] = sum / lower[i * n + i]!
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = x[i * sides + side]!
      for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * x[k * sides + side]!
      x[i * sides + side] = sum / lower[i * n + i]!
    }
  }
  return x
}
