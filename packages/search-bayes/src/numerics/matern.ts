const SQRT_5 = Math.sqrt(5)

/** The Matérn kernel with ν = 5/2 and unit variance, of the squared scaled distance (Rasmussen and Williams, eq. 4.17). */
export function matern52(squaredDistance: number): number {
  const r = SQRT_5 * Math.sqrt(squaredDistance)
  return (1 + r + (5 / 3) * squaredDistance) * Math.exp(-r)
}

/** Its derivative by the squared distance, −5/6·(1 + √5·r)·exp(−√5·r); finite at 0. */
export function matern52Slope(squaredDistance: number): number {
  const r = SQRT_5 * Math.sqrt(squaredDistance)
  return (-5 / 6) * (1 + r) * Math.exp(-r)
}
