import { multiplyAdd, splat } from '../arithmetic'
import { load1, load4, store1, store4 } from '../memory'

/** RMSprop (Hinton 2012, lecture 6e) as Keras has it: v ← ρ·v + (1 − ρ)·g², w ← w − α·g/√(v + ε). */
export function rmsprop(length: i32, w: usize, g: usize, v: usize, rate: f32, rho: f64, epsilon: f32): void {
  const keep = <f32>rho
  const rest = <f32>(1 - rho)
  const k = splat(keep)
  const c = splat(rest)
  const e = splat(epsilon)
  const minusRate = splat(-rate)
  let n = length
  for (; n >= 4; n -= 4) {
    const gradient = load4(g)
    const v1 = multiplyAdd(k, load4(v), f32x4.mul(c, f32x4.mul(gradient, gradient)))
    store4(v, v1)
    const direction = f32x4.div(gradient, f32x4.sqrt(f32x4.add(v1, e)))
    store4(w, multiplyAdd(minusRate, direction, load4(w)))
    w += 16
    g += 16
    v += 16
  }
  for (; n > 0; n--) {
    const gradient = load1(g)
    const v1 = keep * load1(v) + rest * gradient * gradient
    store1(v, v1)
    store1(w, load1(w) - (rate * gradient) / sqrt(v1 + epsilon))
    w += 4
    g += 4
    v += 4
  }
}
