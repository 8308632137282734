import { splat } from '../arithmetic'
import { load1, load4, store1, store4 } from '../memory'

/** Gradient descent with momentum as Keras has it: v ← μ·v − α·g, w ← w + v. */
export function sgd(length: i32, w: usize, g: usize, v: usize, rate: f32, momentum: f32): void {
  const a = splat(rate)
  const m = splat(momentum)
  let n = length
  for (; n >= 4; n -= 4) {
    const step = f32x4.sub(f32x4.mul(m, load4(v)), f32x4.mul(a, load4(g)))
    store4(v, step)
    store4(w, f32x4.add(load4(w), step))
    w += 16
    g += 16
    v += 16
  }
  for (; n > 0; n--) {
    const step = momentum * load1(v) - rate * load1(g)
    store1(v, step)
    store1(w, load1(w) + step)
    w += 4
    g += 4
    v += 4
  }
}
