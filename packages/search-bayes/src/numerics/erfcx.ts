/** Horner's rule; coefficients from the highest power down. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0
  for (const c of coefficients) sum = sum * x + c
  return sum
}

// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), in three ranges.
const NEAR_P = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
]
const NEAR_Q = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171]
const MIDDLE_P = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
  881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
]
const MIDDLE_Q = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
]
const FAR_P = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
]
const FAR_Q = [
  1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
]
const ONE_OVER_SQRT_PI = 0.5641895835477563

/** The scaled complementary error function exp(x²)·erfc(x), without overflow for x ≥ 0. Relative error about 1e-15. */
export function erfcx(x: number): number {
  if (x < 0) return 2 * Math.exp(x * x) - erfcx(-x)
  if (x <= 0.46875) {
    const s = x * x
    return Math.exp(s) * (1 - (x * polynomial(s, NEAR_P)) / polynomial(s, NEAR_Q))
  }
  if (x <= 4) return polynomial(x, MIDDLE_P) / polynomial(x, MIDDLE_Q)
  const s = 1 / (x * x)
  return (ONE_OVER_SQRT_PI - (s * polynomial(s, FAR_P)) / polynomial(s, FAR_Q)) / x
}
