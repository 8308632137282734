import { floats, load1, store1 } from '../memory'

/** Gradient descent with momentum as Keras has it: v ← μ·v − α·g, w ← w + v. */
export function sgd(length: i32, w: usize, g: usize, v: usize, rate: f32, momentum: f32): void {
  for (let n = 0; n < length; n++) {
    const at = floats(n)
    const step = momentum * load1(v + at) - rate * load1(g + at)
    store1(v + at, step)
    store1(w + at, load1(w + at) + step)
  }
}
