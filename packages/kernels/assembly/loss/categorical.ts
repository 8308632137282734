import { exp, log } from '../elementary'
import { floats, load1, store1 } from '../memory'

/**
 * Categorical cross-entropy from logits p, with targets y that sum to 1:
 * L = ln Σ_k e^{p_k} − Σ_k y_k·p_k, ∂L/∂p = softmax(p)·Σy − y. Arguments as in `elementwiseLoss`; no mean over outputs.
 */
export function categoricalLoss(
  batch: i32, outputs: i32, p: usize, ldp: i32, y: usize, weights: usize, total: f64, dp: usize,
): f64 {
  let sum: f64 = 0
  for (let b = 0; b < batch; b++) {
    const weight: f64 = weights != 0 ? <f64>load1(weights + floats(b)) : 1
    let largest = <f64>load1(p)
    for (let n = 1; n < outputs; n++) largest = max(largest, <f64>load1(p + floats(n)))
    let exponentials: f64 = 0
    let mass: f64 = 0
    let chosen: f64 = 0
    for (let n = 0; n < outputs; n++) {
      const shifted = <f64>load1(p + floats(n)) - largest
      const target = <f64>load1(y + floats(n))
      exponentials += exp(shifted)
      mass += target
      chosen += target * shifted
    }
    sum += weight * (mass * log(exponentials) - chosen)
    if (dp != 0) {
      for (let n = 0; n < outputs; n++) {
        const share = exp(<f64>load1(p + floats(n)) - largest) / exponentials
        const slope = share * mass - <f64>load1(y + floats(n))
        store1(dp + floats(n), <f32>((slope * weight) / total))
      }
      dp += floats(ldp)
    }
    p += floats(ldp)
    y += floats(outputs)
  }
  return sum
}

/** p ← softmax(p), row by row. */
export function softmax(batch: i32, outputs: i32, p: usize, ldp: i32): void {
  for (let b = 0; b < batch; b++) {
    let largest = <f64>load1(p)
    for (let n = 1; n < outputs; n++) largest = max(largest, <f64>load1(p + floats(n)))
    let exponentials: f64 = 0
    for (let n = 0; n < outputs; n++) exponentials += exp(<f64>load1(p + floats(n)) - largest)
    for (let n = 0; n < outputs; n++) {
      const at = p + floats(n)
      store1(at, <f32>(exp(<f64>load1(at) - largest) / exponentials))
    }
    p += floats(ldp)
  }
}

/** p ← σ(p), accurate to single precision also where σ is near 0. */
export function sigmoid(batch: i32, outputs: i32, p: usize, ldp: i32): void {
  for (let b = 0; b < batch; b++) {
    for (let n = 0; n < outputs; n++) {
      const at = p + floats(n)
      store1(at, <f32>(1 / (1 + exp(-(<f64>load1(at))))))
    }
    p += floats(ldp)
  }
}
