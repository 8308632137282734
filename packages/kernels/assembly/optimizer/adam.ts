import { multiplyAdd, splat } from '../arithmetic'
import { load1, load4, store1, store4 } from '../memory'

/**
 * Adam (Kingma and Ba 2015) as Keras has it, the bias corrections of both moments folded into `rate` =
 * α·√(1 − β₂ᵗ)/(1 − β₁ᵗ):
 *
 *   m ← β₁·m + (1 − β₁)·g,   v ← β₂·v + (1 − β₂)·g²,   w ← w·keep − rate·m/(√v + ε)
 *
 * `keep` = 1 − α·λ is AdamW's decoupled weight decay (Loshchilov and Hutter 2019); 1 for Adam.
 */
export function adam(
  length: i32, w: usize, g: usize, m: usize, v: usize, rate: f32, beta1: f64, beta2: f64, epsilon: f32, keep: f32,
): void {
  // 1 − β is taken in double precision: of .999 in single precision, half its digits would be lost.
  const beta1f = <f32>beta1
  const beta2f = <f32>beta2
  const rest1 = <f32>(1 - beta1)
  const rest2 = <f32>(1 - beta2)
  const b1 = splat(beta1f)
  const b2 = splat(beta2f)
  const c1 = splat(rest1)
  const c2 = splat(rest2)
  const minusRate = splat(-rate)
  const e = splat(epsilon)
  const k = splat(keep)
  let n = length
  for (; n >= 4; n -= 4) {
    const gradient = load4(g)
    const m1 = multiplyAdd(b1, load4(m), f32x4.mul(c1, gradient))
    const v1 = multiplyAdd(b2, load4(v), f32x4.mul(c2, f32x4.mul(gradient, gradient)))
    store4(m, m1)
    store4(v, v1)
    const direction = f32x4.div(m1, f32x4.add(f32x4.sqrt(v1), e))
    store4(w, multiplyAdd(minusRate, direction, f32x4.mul(k, load4(w))))
    w += 16
    g += 16
    m += 16
    v += 16
  }
  for (; n > 0; n--) {
    const gradient = load1(g)
    const m1 = beta1f * load1(m) + rest1 * gradient
    const v1 = beta2f * load1(v) + rest2 * gradient * gradient
    store1(m, m1)
    store1(v, v1)
    store1(w, keep * load1(w) - (rate * m1) / (sqrt(v1) + epsilon))
    w += 4
    g += 4
    m += 4
    v += 4
  }
}
