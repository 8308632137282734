import { SIGMOID, TANH, derivative } from '../activation'
import { multiplyAdd, splat } from '../arithmetic'
import { floats, load4, loadInt, padded, store4, zero } from '../memory'
import { multiplyPanels, tilePanels } from '../matrix/tile'

/**
 * One time step of eight units backwards, for all samples. With δh and δc the gradients of the loss by h and c after
 * this step (the equations of the forward pass, differentiated):
 *
 *   δh = δout + δrec∘mask,   δc ← δc + δh∘o∘a′(c)
 *   δz_i = δc∘g∘ρ′,  δz_f = δc∘c′∘ρ′,  δz_c = δc∘i∘a′,  δz_o = δh∘s∘ρ′
 *   δc ← δc∘f
 *
 * z holds i, f, g, o on entry and δz on return. A sample that had ended has no part in this step: its δh and δc pass
 * through, δh by way of `carry`.
 */
@inline
function cells(
  activation: i32, recurrent: i32, batch: i32, t: i32, pad: usize,
  z: usize, c0: usize, s: usize, out: usize, rec: usize, dc: usize, mask: usize, carry: usize, lengths: usize,
): void {
  const gates = pad << 2
  const zeros = splat(0)
  for (let b = 0; b < batch; b++) {
    const ended = lengths != 0 && t >= loadInt(lengths + floats(b))
    for (let lane: usize = 0; lane < 32; lane += 16) {
      const zi = z + lane
      let dh = load4(rec + lane)
      if (mask != 0) dh = f32x4.mul(dh, load4(mask + lane))
      if (lengths != 0) dh = f32x4.add(dh, load4(carry + lane))
      if (out != 0) dh = f32x4.add(dh, load4(out + lane))
      if (ended) {
        store4(carry + lane, dh)
        store4(zi, zeros)
        store4(zi + pad, zeros)
        store4(zi + (pad << 1), zeros)
        store4(zi + 3 * pad, zeros)
        continue
      }
      if (lengths != 0) store4(carry + lane, zeros)
      const i = load4(zi)
      const f = load4(zi + pad)
      const g = load4(zi + (pad << 1))
      const o = load4(zi + 3 * pad)
      const squashed = load4(s + lane)
      const d = multiplyAdd(f32x4.mul(dh, o), derivative(activation, squashed), load4(dc + lane))
      store4(zi, f32x4.mul(f32x4.mul(d, g), derivative(recurrent, i)))
      store4(zi + pad, f32x4.mul(f32x4.mul(d, load4(c0 + lane)), derivative(recurrent, f)))
      store4(zi + (pad << 1), f32x4.mul(f32x4.mul(d, i), derivative(activation, g)))
      store4(zi + 3 * pad, f32x4.mul(f32x4.mul(dh, squashed), derivative(recurrent, o)))
      store4(dc + lane, f32x4.mul(d, f))
    }
    z += gates
    c0 += pad
    s += pad
    rec += pad
    dc += pad
    if (out != 0) out += pad
    if (mask != 0) mask += pad
    if (lengths != 0) carry += pad
  }
}

function standardCells(
  batch: i32, t: i32, pad: usize,
  z: usize, c0: usize, s: usize, out: usize, rec: usize, dc: usize, mask: usize, carry: usize, lengths: usize,
): void {
  cells(TANH, SIGMOID, batch, t, pad, z, c0, s, out, rec, dc, mask, carry, lengths)
}

function anyCells(
  activation: i32, recurrent: i32, batch: i32, t: i32, pad: usize,
  z: usize, c0: usize, s: usize, out: usize, rec: usize, dc: usize, mask: usize, carry: usize, lengths: usize,
): void {
  cells(activation, recurrent, batch, t, pad, z, c0, s, out, rec, dc, mask, carry, lengths)
}

/**
 * Back-propagation through steps `first + count − 1` down to `first` of a sequence of `steps` after `lstmForward`; later
 * steps must have been done. Same layout (P = `units` padded to 8):
 *
 * - `z` `[steps, batch, 4P]`: activated gates on entry, ∂L/∂z on return
 * - `rt` packed panels `[P/8, 4P, 8]` of the transposed recurrent kernel
 * - `c` `[steps + 1, batch, P]`, `s` `[steps, batch, P]` as the forward pass left them
 * - `out`: ∂L/∂h, `[steps, batch, P]` with `sequences`, else `[batch, P]` for the last step
 * - `rec`, `dc`, `carry` `[batch, P]`: what goes from step to step (`carry` only with `lengths`)
 * - `zeros`: P floats that are 0
 */
export function lstmBackward(
  batch: i32, steps: i32, first: i32, count: i32, units: i32, activation: i32, recurrent: i32, sequences: i32,
  z: usize, rt: usize, c: usize, s: usize, out: usize, rec: usize, dc: usize, mask: usize, carry: usize,
  lengths: usize, zeros: usize,
): void {
  const width = padded(units)
  const pad = floats(width)
  const gates = pad << 2
  const rows = <usize>batch * pad
  const panel = floats(width << 5)
  const standard = activation == TANH && recurrent == SIGMOID
  const blocks = width >> 3
  if (first + count == steps) {
    zero(rec, batch * width)
    zero(dc, batch * width)
    if (lengths != 0) zero(carry, batch * width)
  }
  for (let t = first + count - 1; t >= first; t--) {
    const zt = z + <usize>t * (rows << 2)
    const ct = c + <usize>t * rows
    const st = s + <usize>t * rows
    const outT = sequences ? out + <usize>t * rows : t == steps - 1 ? out : 0
    // Blocks whose gradients by h are complete.
    let summed = 0
    for (let block = 0; block < blocks; block++) {
      const column = <usize>block << 5
      if (t < steps - 1 && block == summed) {
        const n = tilePanels(blocks - block)
        const b = rt + <usize>block * panel
        multiplyPanels(n, batch, width << 2, zt + (rows << 2), gates, b, zeros, 0, rec + column, pad)
        summed += n
      }
      const outAt = outT != 0 ? outT + column : 0
      const maskAt = mask != 0 ? mask + column : 0
      if (standard) {
        standardCells(
          batch, t, pad, zt + column, ct + column, st + column, outAt, rec + column, dc + column, maskAt,
          carry + column, lengths,
        )
      } else {
        anyCells(
          activation, recurrent, batch, t, pad, zt + column, ct + column, st + column, outAt, rec + column,
          dc + column, maskAt, carry + column, lengths,
        )
      }
    }
  }
}
