import { floats, load1, load4, store1 } from '../memory'

/** Σ x² in double precision, so that it overflows for no gradient that single precision can hold. */
export function sumSquares(length: i32, x: usize): f64 {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  let n = length
  for (; n >= 4; n -= 4) {
    const value = load4(x)
    const a = f64x2.promote_low_f32x4(value)
    const b = f64x2.promote_low_f32x4(i32x4.shuffle(value, value, 2, 3, 0, 1))
    low = f64x2.add(low, f64x2.mul(a, a))
    high = f64x2.add(high, f64x2.mul(b, b))
    x += 16
  }
  const both = f64x2.add(low, high)
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
  for (; n > 0; n--) {
    const value = <f64>load1(x)
    sum += value * value
    x += 4
  }
  return sum
}

/** x ← factor·x. The factor is applied in double precision: it may be smaller than single precision can hold. */
export function scale(length: i32, x: usize, factor: f64): void {
  for (let n = 0; n < length; n++) {
    const at = x + floats(n)
    store1(at, <f32>(<f64>load1(at) * factor))
  }
}

/** x ← x cut to ± limit; NaN stays NaN. */
export function clipValues(length: i32, x: usize, limit: f32): void {
  for (let n = 0; n < length; n++) {
    const at = x + floats(n)
    store1(at, max(min(load1(at), limit), -limit))
  }
}

/** g ← g + 2λ·w, the gradient of the penalty λ·Σw². */
export function addPenalty(length: i32, w: usize, g: usize, lambda: f32): void {
  for (let n = 0; n < length; n++) {
    const at = floats(n)
    store1(g + at, load1(g + at) + 2 * lambda * load1(w + at))
  }
}
