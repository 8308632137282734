/**
 * a·b + c in four lanes. The relaxed build leaves the rounding of the product to the CPU (a fused multiply-add where
 * there is one); the other rounds product and sum, so its results are the same bits everywhere.
 */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(f32x4.mul(a, b), c)
}

@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value)
}

