import { SIGMOID, TANH, activate } from '../activation'
import { multiplyAdd } from '../arithmetic'
import { floats, load4, loadInt, padded, store4, zero } from '../memory'
import { multiplyPanels, tilePanels } from '../matrix/tile'

/**
 * Update and reset gates of eight units for all samples, u = ρ(z_u), r = ρ(z_r), and what of the state the candidate
 * sees: q = r∘m.
 */
@inline
function gates(recurrent: i32, k: usize, batch: i32, pad: usize, z: usize, m: usize, q: usize): void {
  for (let b = 0; b < batch; b++) {
    for (let lane: usize = 0; lane < 32; lane += 16) {
      const r = activate(recurrent, k, load4(z + pad + lane))
      store4(z + lane, activate(recurrent, k, load4(z + lane)))
      store4(z + pad + lane, r)
      store4(q + lane, f32x4.mul(r, load4(m + lane)))
    }
    z += 3 * pad
    m += pad
    q += pad
  }
}

/** The candidate g = a(z_g) and the state h = u∘m + (1 − u)∘g; m is h∘mask on its way to the next step. */
@inline
function states(
  activation: i32, k: usize, batch: i32, t: i32, pad: usize,
  z: usize, m0: usize, h0: usize, h: usize, mask: usize, m: usize, lengths: usize,
): void {
  for (let b = 0; b < batch; b++) {
    const ended = lengths != 0 && t >= loadInt(lengths + floats(b))
    for (let lane: usize = 0; lane < 32; lane += 16) {
      const u = load4(z + lane)
      const g = activate(activation, k, load4(z + (pad << 1) + lane))
      store4(z + (pad << 1) + lane, g)
      let out = multiplyAdd(u, f32x4.sub(load4(m0 + lane), g), g)
      if (ended) out = load4(h0 + lane)
      store4(h + lane, out)
      if (mask != 0) store4(m + lane, f32x4.mul(out, load4(mask + lane)))
    }
    z += 3 * pad
    m0 += pad
    h0 += pad
    h += pad
    if (mask != 0) {
      mask += pad
      m += pad
    }
  }
}

function standardGates(k: usize, batch: i32, pad: usize, z: usize, m: usize, q: usize): void {
  gates(SIGMOID, k, batch, pad, z, m, q)
}

function anyGates(recurrent: i32, k: usize, batch: i32, pad: usize, z: usize, m: usize, q: usize): void {
  gates(recurrent, k, batch, pad, z, m, q)
}

function standardStates(
  k: usize, batch: i32, t: i32, pad: usize,
  z: usize, m0: usize, h0: usize, h: usize, mask: usize, m: usize, lengths: usize,
): void {
  states(TANH, k, batch, t, pad, z, m0, h0, h, mask, m, lengths)
}

function anyStates(
  activation: i32, k: usize, batch: i32, t: i32, pad: usize,
  z: usize, m0: usize, h0: usize, h: usize, mask: usize, m: usize, lengths: usize,
): void {
  states(activation, k, batch, t, pad, z, m0, h0, h, mask, m, lengths)
}

/**
 * The gated recurrent unit (Cho et al. 2014, the reset gate before the product, as tfjs has it) over steps `first` …
 * `first + count − 1` of a sequence; earlier steps must have been done. With m = h∘mask of the step before:
 *
 *   u = ρ(z_u + m·R_u),  r = ρ(z_r + m·R_r),  g = a(z_g + (r∘m)·R_g),  h = u∘m + (1 − u)∘g
 *
 * With P = `units` padded to a multiple of 8, row-major and time step after time step:
 *
 * - `z` `[steps, batch, 3P]`, in the order u, r, g: on entry x·W + b, on return u, r, g
 * - `w` packed panels `[3P/8, units, 8]` of the recurrent kernel
 * - `h` `[steps + 1, batch, P]`; `mask` `[batch, P]` or 0, with `m` as `h`
 * - `q` `[steps, batch, P]`: r∘m
 * - `lengths` `[batch]` (int32) or 0; `k`: where `writeConstants` wrote
 */
export function gruForward(
  batch: i32, first: i32, count: i32, units: i32, activation: i32, recurrent: i32, k: usize,
  z: usize, w: usize, h: usize, q: usize, mask: usize, m: usize, lengths: usize,
): void {
  const width = padded(units)
  const pad = floats(width)
  const row = 3 * pad
  const rows = <usize>batch * pad
  const panel = floats(units << 3)
  const blocks = width >> 3
  if (first == 0) {
    zero(h, batch * width)
    if (mask != 0) zero(m, batch * width)
  }
  for (let t = first; t < first + count; t++) {
    const zt = z + <usize>t * 3 * rows
    const ht = h + <usize>t * rows
    const mt = mask != 0 ? m + <usize>t * rows : 0
    const before = mask != 0 ? mt : ht
    const qt = q + <usize>t * rows
    // Blocks whose sums are complete.
    let summed = 0
    for (let block = 0; block < blocks; block++) {
      const column = <usize>block << 5
      if (t > 0 && block == summed) {
        const n = tilePanels(blocks - block)
        for (let gate = 0; gate < 2; gate++) {
          const target = zt + <usize>gate * pad + column
          const b = w + <usize>(gate * blocks + block) * panel
          multiplyPanels(n, batch, units, before, pad, b, target, row, target, row)
        }
        summed += n
      }
      if (recurrent == SIGMOID) standardGates(k, batch, pad, zt + column, before + column, qt + column)
      else anyGates(recurrent, k, batch, pad, zt + column, before + column, qt + column)
    }
    summed = 0
    for (let block = 0; block < blocks; block++) {
      const column = <usize>block << 5
      if (t > 0 && block == summed) {
        const n = tilePanels(blocks - block)
        const target = zt + (pad << 1) + column
        const b = w + <usize>(2 * blocks + block) * panel
        multiplyPanels(n, batch, units, qt, pad, b, target, row, target, row)
        summed += n
      }
      const maskAt = mask != 0 ? mask + column : 0
      if (activation == TANH) {
        standardStates(
          k, batch, t, pad, zt + column, before + column, ht + column, ht + rows + column, maskAt, mt + rows + column,
          lengths,
        )
      } else {
        anyStates(
          activation, k, batch, t, pad, zt + column, before + column, ht + column, ht + rows + column, maskAt,
          mt + rows + column, lengths,
        )
      }
    }
  }
}
