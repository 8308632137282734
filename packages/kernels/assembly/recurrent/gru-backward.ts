import { derivative } from '../activation'
import { multiplyAdd, splat } from '../arithmetic'
import { floats, load4, loadInt, padded, store4, zero } from '../memory'
import { multiplyPanels, tilePanels } from '../matrix/tile'

/**
 * First half of a step, for eight units of all samples: from δh = δout + δm∘mask (+ what ended samples carry) to
 *
 *   δz_u = δh∘(m − g)∘ρ′,   δz_g = δh∘(1 − u)∘a′,   δm = δh∘u  (so far)
 */
function outer(
  activation: i32, recurrent: i32, batch: i32, t: i32, pad: usize,
  z: usize, m: usize, out: usize, dm: usize, mask: usize, carry: usize, lengths: usize,
): void {
  const zeros = splat(0)
  const one = splat(1)
  for (let b = 0; b < batch; b++) {
    const ended = lengths != 0 && t >= loadInt(lengths + floats(b))
    for (let lane: usize = 0; lane < 32; lane += 16) {
      let dh = load4(dm + lane)
      if (mask != 0) dh = f32x4.mul(dh, load4(mask + lane))
      if (lengths != 0) dh = f32x4.add(dh, load4(carry + lane))
      if (out != 0) dh = f32x4.add(dh, load4(out + lane))
      if (lengths != 0) store4(carry + lane, ended ? dh : zeros)
      if (ended) dh = zeros
      const u = load4(z + lane)
      const g = load4(z + (pad << 1) + lane)
      const du = f32x4.mul(dh, f32x4.sub(load4(m + lane), g))
      store4(z + lane, f32x4.mul(du, derivative(recurrent, u)))
      store4(z + (pad << 1) + lane, f32x4.mul(f32x4.mul(dh, f32x4.sub(one, u)), derivative(activation, g)))
      store4(dm + lane, f32x4.mul(dh, u))
    }
    z += 3 * pad
    m += pad
    dm += pad
    if (out != 0) out += pad
    if (mask != 0) mask += pad
    if (lengths != 0) carry += pad
  }
}

/** Second half, with δq = δz_g·R_gᵀ: δz_r = δq∘m∘ρ′, δm ← δm + δq∘r. */
function inner(recurrent: i32, batch: i32, pad: usize, z: usize, m: usize, dq: usize, dm: usize): void {
  for (let b = 0; b < batch; b++) {
    for (let lane: usize = 0; lane < 32; lane += 16) {
      const r = load4(z + pad + lane)
      const d = load4(dq + lane)
      store4(z + pad + lane, f32x4.mul(f32x4.mul(d, load4(m + lane)), derivative(recurrent, r)))
      store4(dm + lane, multiplyAdd(d, r, load4(dm + lane)))
    }
    z += 3 * pad
    m += pad
    dq += pad
    dm += pad
  }
}

/**
 * Back-propagation through steps `first + count − 1` down to `first` of a sequence of `steps` after `gruForward`; later
 * steps must have been done. Same layout (P = `units` padded to 8):
 *
 * - `z` `[steps, batch, 3P]`: u, r, g on entry, ∂L/∂z on return
 * - `gt`, `wt`: packed panels of the transposed recurrent kernel, `[P/8, P, 8]` of R_g and `[P/8, 2P, 8]` of R_u, R_r
 * - `m` `[steps + 1, batch, P]`: the (masked) states
 * - `out`: ∂L/∂h, `[steps, batch, P]` with `sequences`, else `[batch, P]` for the last step
 * - `dm`, `dq`, `carry` `[batch, P]`: what goes from step to step, and scratch
 * - `zeros`: P floats that are 0
 */
export function gruBackward(
  batch: i32, steps: i32, first: i32, count: i32, units: i32, activation: i32, recurrent: i32, sequences: i32,
  z: usize, gt: usize, wt: usize, m: usize, out: usize, dm: usize, dq: usize, mask: usize, carry: usize,
  lengths: usize, zeros: usize,
): void {
  const width = padded(units)
  const pad = floats(width)
  const row = 3 * pad
  const rows = <usize>batch * pad
  const blocks = width >> 3
  const panelG = floats(width << 3)
  const panelW = floats(width << 4)
  if (first + count == steps) {
    zero(dm, batch * width)
    if (lengths != 0) zero(carry, batch * width)
  }
  for (let t = first + count - 1; t >= first; t--) {
    const zt = z + <usize>t * 3 * rows
    const mt = m + <usize>t * rows
    const outT = sequences ? out + <usize>t * rows : t == steps - 1 ? out : 0
    for (let block = 0; block < blocks; block++) {
      const column = <usize>block << 5
      outer(
        activation, recurrent, batch, t, pad, zt + column, mt + column, outT != 0 ? outT + column : 0, dm + column,
        mask != 0 ? mask + column : 0, carry + column, lengths,
      )
    }
    for (let block = 0; block < blocks; ) {
      const n = tilePanels(blocks - block)
      const target = dq + (<usize>block << 5)
      multiplyPanels(n, batch, width, zt + (pad << 1), row, gt + <usize>block * panelG, zeros, 0, target, pad)
      block += n
    }
    for (let block = 0; block < blocks; block++) {
      const column = <usize>block << 5
      inner(recurrent, batch, pad, zt + column, mt + column, dq + column, dm + column)
    }
    if (t == 0) continue
    for (let block = 0; block < blocks; ) {
      const n = tilePanels(blocks - block)
      const target = dm + (<usize>block << 5)
      multiplyPanels(n, batch, width << 1, zt, row, wt + <usize>block * panelW, target, pad, target, pad)
      block += n
    }
  }
}
