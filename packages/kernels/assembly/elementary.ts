import { multiplyAdd, splat } from './arithmetic'
import { load4, store4 } from './memory'

/**
 * Constants of `tanh4` and `sigmoid4`, each four times over, where the host wants them. A constant in the code is put
 * together by several instructions each time a loop comes to it; from memory it is one load.
 */
export function writeConstants(to: usize): void {
  store4(to, splat(9.02))
  store4(to + 16, splat(-9.02))
  store4(to + 32, splat(1.3319070152173118e-8))
  store4(to + 48, splat(2.0583479923600436e-5))
  store4(to + 64, splat(3.4940344906517406e-3))
  store4(to + 80, splat(0.1337971789907827))
  store4(to + 96, splat(0.9999999790399557))
  store4(to + 112, splat(7.762018680760274e-7))
  store4(to + 128, splat(3.2830927132110056e-4))
  store4(to + 144, splat(2.587107297591587e-2))
  store4(to + 160, splat(0.46713033145524785))
  store4(to + 176, splat(1))
  store4(to + 192, splat(0.5))
}

/**
 * tanh x in four lanes, as x·P(x²)/Q(x²) with P and Q of degree 4, x cut to ±9.02 where tanh rounds to ±1.
 * The coefficients are a relative minimax fit (Lawson's iteration on the linearised problem) with error 2.1e-8; in
 * single precision the relative error is below 4e-7 everywhere. NaN stays NaN. `k` is where `writeConstants` wrote.
 */
@inline
export function tanh4(k: usize, value: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(value, load4(k)), load4(k + 16))
  const t = f32x4.mul(x, x)
  let p = multiplyAdd(t, load4(k + 32), load4(k + 48))
  let q = multiplyAdd(t, load4(k + 112), load4(k + 128))
  p = multiplyAdd(t, p, load4(k + 64))
  q = multiplyAdd(t, q, load4(k + 144))
  p = multiplyAdd(t, p, load4(k + 80))
  q = multiplyAdd(t, q, load4(k + 160))
  p = multiplyAdd(t, p, load4(k + 96))
  q = multiplyAdd(t, q, load4(k + 176))
  return f32x4.div(f32x4.mul(x, p), q)
}

/** σ(x) = ½ + ½·tanh(x/2) in four lanes; absolute error below 2.5e-7. */
@inline
export function sigmoid4(k: usize, value: v128): v128 {
  const half = load4(k + 192)
  return multiplyAdd(tanh4(k, f32x4.mul(value, half)), half, half)
}

/**
 * eˣ in double precision, relative error below 1e-15: x = n·ln 2 + r with |r| ≤ ½·ln 2, and the Taylor series of eʳ.
 * Below −708 it is 0, above 709 infinite.
 */
export function exp(x: f64): f64 {
  if (x != x) return x
  if (x < -708) return 0
  if (x > 709) return Infinity
  const n = nearest<f64>(x * 1.4426950408889634)
  const r = x - n * 6.93147180369123816490e-1 - n * 1.90821492927058770002e-10
  let sum: f64 = 1
  for (let k = 13; k > 0; k--) sum = 1 + (sum * r) / <f64>k
  return sum * reinterpret<f64>((<i64>n + 1023) << 52)
}

/**
 * ln x of a positive normal number in double precision, relative error below 1e-15: x = m·2ᵉ with √½ ≤ m < √2 and
 * ln m = 2·artanh((m − 1)/(m + 1)).
 */
export function log(x: f64): f64 {
  const bits = reinterpret<i64>(x)
  let exponent = <i32>((bits >> 52) & 0x7ff) - 1023
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000)
  if (m > 1.4142135623730951) {
    m *= 0.5
    exponent += 1
  }
  const s = (m - 1) / (m + 1)
  const square = s * s
  let sum: f64 = 0
  for (let k = 23; k > 0; k -= 2) sum = sum * square + 1 / <f64>k
  return 2 * s * sum + <f64>exponent * 0.6931471805599453
}

/** ln(1 + eˣ) without overflow. */
export function softplus(x: f64): f64 {
  const small = exp(x < 0 ? x : -x)
  return (x > 0 ? x : 0) + log(1 + small)
}
