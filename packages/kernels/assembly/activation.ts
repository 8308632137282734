import { multiplyAdd, splat } from './arithmetic'
import { sigmoid4, tanh4 } from './elementary'
import { load4, store4, floats } from './memory'

/** Codes of activations, as the host passes them. */
export const LINEAR: i32 = 0
export const TANH: i32 = 1
export const SIGMOID: i32 = 2
export const RELU: i32 = 3
export const HARD_SIGMOID: i32 = 4

/** y = a(x) in four lanes; `k` is where `writeConstants` wrote. */
@inline
export function activate(code: i32, k: usize, x: v128): v128 {
  if (code == TANH) return tanh4(k, x)
  if (code == SIGMOID) return sigmoid4(k, x)
  // pmax(x, 0) would turn NaN into 0 were its arguments exchanged.
  if (code == RELU) return f32x4.pmax(x, splat(0))
  if (code == HARD_SIGMOID) {
    const y = multiplyAdd(x, splat(0.2), splat(0.5))
    return f32x4.pmax(f32x4.pmin(y, splat(1)), splat(0))
  }
  return x
}

/** a′(x) from y = a(x), which every covered activation allows. */
@inline
export function derivative(code: i32, y: v128): v128 {
  const one = splat(1)
  if (code == TANH) return f32x4.sub(one, f32x4.mul(y, y))
  if (code == SIGMOID) return f32x4.mul(y, f32x4.sub(one, y))
  if (code == RELU) return v128.and(f32x4.gt(y, splat(0)), one)
  if (code == HARD_SIGMOID) {
    return v128.and(v128.and(f32x4.gt(y, splat(0)), f32x4.lt(y, one)), splat(0.2))
  }
  return one
}

/** y ← a(y) for `length` floats, a multiple of 4. */
export function activateAll(code: i32, k: usize, y: usize, length: i32): void {
  if (code == LINEAR) return
  const end = y + floats(length)
  for (; y < end; y += 16) store4(y, activate(code, k, load4(y)))
}

/** dy ← dy·a′ for `length` floats, a multiple of 4; y holds a(x). */
export function activateBackward(code: i32, y: usize, dy: usize, length: i32): void {
  if (code == LINEAR) return
  const end = y + floats(length)
  for (; y < end; y += 16, dy += 16) store4(dy, f32x4.mul(load4(dy), derivative(code, load4(y))))
}
