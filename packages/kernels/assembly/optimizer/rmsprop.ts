import { floats, load1, store1 } from '../memory'

/** RMSprop (Hinton 2012, lecture 6e) as Keras has it: v ← ρ·v + (1 − ρ)·g², w ← w − α·g/√(v + ε). */
export function rmsprop(length: i32, w: usize, g: usize, v: usize, rate: f32, rho: f64, epsilon: f32): void {
  const keep = <f32>rho
  const rest = <f32>(1 - rho)
  for (let n = 0; n < length; n++) {
    const at = floats(n)
    const gradient = load1(g + at)
    const v1 = keep * load1(v + at) + rest * gradient * gradient
    store1(v + at, v1)
    store1(w + at, load1(w + at) - (rate * gradient) / sqrt(v1 + epsilon))
  }
}
