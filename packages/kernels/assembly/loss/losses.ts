import { exp, softplus } from '../elementary'
import { floats, load1, store1 } from '../memory'

/** Codes of losses, as the host passes them. */
export const MSE: i32 = 0
export const MAE: i32 = 1
export const HUBER: i32 = 2
export const PINBALL: i32 = 3
export const BINARY: i32 = 4

/**
 * Losses that are a mean over outputs of an elementwise term, and their gradients. With e = p − y:
 *
 *   mse e²,  mae |e|,  huber(δ) e²/2 or δ·(|e| − δ/2) beyond δ,  pinball(q) max(−q·e, (1 − q)·e),
 *   binary cross-entropy from the logit p: softplus(p) − y·p.
 *
 * `p` `[batch, ldp]` are the outputs (logits for binary cross-entropy), `y` `[batch, outputs]` the targets, `weights`
 * `[batch]` or 0, `parameters` δ, or one quantile for each output. The return value is Σ_b w_b·mean_o(term); the
 * gradient `dp` `[batch, ldp]` (0: none) is of this sum divided by Σ w, given as `total`.
 */
export function elementwiseLoss(
  code: i32, batch: i32, outputs: i32, p: usize, ldp: i32, y: usize, weights: usize, total: f64, parameters: usize,
  dp: usize,
): f64 {
  let sum: f64 = 0
  for (let b = 0; b < batch; b++) {
    const weight: f64 = weights != 0 ? <f64>load1(weights + floats(b)) : 1
    let terms: f64 = 0
    for (let n = 0; n < outputs; n++) {
      const value = <f64>load1(p + floats(n))
      const target = <f64>load1(y + floats(n))
      const error = value - target
      let term: f64 = 0
      let slope: f64 = 0
      if (code == MSE) {
        term = error * error
        slope = 2 * error
      } else if (code == MAE) {
        term = abs(error)
        slope = error > 0 ? 1 : error < 0 ? -1 : error
      } else if (code == HUBER) {
        const delta = <f64>load1(parameters)
        const size = abs(error)
        if (size > delta) {
          term = delta * (size - 0.5 * delta)
          slope = error > 0 ? delta : -delta
        } else {
          term = 0.5 * error * error
          slope = error
        }
      } else if (code == PINBALL) {
        const quantile = <f64>load1(parameters + floats(n))
        if (error > 0) {
          term = (1 - quantile) * error
          slope = 1 - quantile
        } else {
          term = -quantile * error
          slope = error < 0 ? -quantile : error
        }
      } else {
        term = softplus(value) - target * value
        // σ(p) − y
        slope = 1 / (1 + exp(-value)) - target
      }
      terms += term
      if (dp != 0) store1(dp + floats(n), <f32>((slope * weight) / (<f64>outputs * total)))
    }
    sum += (weight * terms) / <f64>outputs
    p += floats(ldp)
    y += floats(outputs)
    if (dp != 0) dp += floats(ldp)
  }
  return sum
}
