import type { Rng } from '@rondo/core'
import { SOBOL_DIRECTIONS } from './sobol-directions.ts'

const BITS = 32

/** The columns of a Sobol dimension's generator matrix, most significant bit first. Dimension 0 is van der Corput's. */
function directionNumbers(dimension: number): Uint32Array {
  const v = new Uint32Array(BITS)
  if (dimension === 0) {
    for (let i = 0; i < BITS; i++) v[i] = 2 ** (BITS - 1 - i)
    return v
  }
  const { polynomial, initial } = SOBOL_DIRECTIONS[dimension - 1]!
  const degree = initial.length
  for (let i = 0; i < BITS; i++) {
    if (i < degree) {
      v[i] = initial[i]! * 2 ** (BITS - 1 - i)
      continue
    }
    let next = v[i - degree]! ^ (v[i - degree]! >>> degree)
    for (let k = 1; k < degree; k++) if ((polynomial >>> (degree - k)) & 1) next ^= v[i - k]!
    v[i] = next
  }
  return v
}

/** A random lower triangular matrix over GF(2) with ones on its diagonal, applied to a column (Matoušek 1998). */
function scramble(column: number, rows: Uint32Array): number {
  let result = 0
  for (let bit = 0; bit < BITS; bit++) {
    let parity = rows[bit]! & column
    parity ^= parity >>> 16
    parity ^= parity >>> 8
    parity ^= parity >>> 4
    parity ^= parity >>> 2
    parity ^= parity >>> 1
    if (parity & 1) result |= 1 << (BITS - 1 - bit)
  }
  return result >>> 0
}

/**
 * Points of a Sobol sequence under a random linear scramble with a digital shift: each point is uniform, and together
 * they fill the cube evenly. Past 64 dimensions the rest is stratified at random (a Latin hypercube over `first + count`).
 *
 * @param first The number of the first point in the sequence, from 0.
 * @returns `[count, dimensions]` row by row, in (0, 1).
 */
export function scrambledSobol(count: number, dimensions: number, rng: Rng, first = 0): Float64Array {
  const points = new Float64Array(count * dimensions)
  const known = Math.min(dimensions, SOBOL_DIRECTIONS.length + 1)
  const rows = new Uint32Array(BITS)
  for (let d = 0; d < known; d++) {
    for (let bit = 0; bit < BITS; bit++) {
      const diagonal = 2 ** (BITS - 1 - bit)
      // Ones above the diagonal bit, random: every digit is changed by those before it alone.
      const before = bit === 0 ? 0 : (rng.uint32() >>> (BITS - bit)) * 2 ** (BITS - bit)
      rows[bit] = before + diagonal
    }
    const columns = directionNumbers(d).map((column) => scramble(column, rows))
    const shift = rng.uint32()
    for (let i = 0; i < count; i++) {
      // Point n is the exclusive or of the columns where the Gray code of n has a one.
      const number = first + i
      let gray = number ^ (number >>> 1)
      let x = shift
      for (let k = 0; gray !== 0; k++, gray >>>= 1) if (gray & 1) x ^= columns[k]!
      points[i * dimensions + d] = ((x >>> 0) + 0.5) / 2 ** BITS
    }
  }
  for (let d = known; d < dimensions; d++) {
    const order = rng.permutation(first + count)
    for (let i = 0; i < count; i++) {
      points[i * dimensions + d] = (order[first + i]! + rng.uniform()) / (first + count)
    }
  }
  return points
}
