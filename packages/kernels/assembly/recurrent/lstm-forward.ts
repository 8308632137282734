import { SIGMOID, TANH, activate } from '../activation'
import { multiplyAdd } from '../arithmetic'
import { floats, load4, loadInt, padded, store4, zero } from '../memory'
import { multiplyPanels, tilePanels } from '../matrix/tile'

/**
 * One time step of eight units for all samples, from gate sums z = x·W + h·R + b to states
 * (Gers, Schmidhuber and Cummins 2000, "Learning to forget", without peepholes):
 *
 *   i = ρ(z_i), f = ρ(z_f), g = a(z_c), o = ρ(z_o)
 *   c = f∘c′ + i∘g,   s = a(c),   h = o∘s
 *
 * z is overwritten with i, f, g, o, which the backward pass needs. `mask`, where given, is the recurrent dropout mask:
 * m ← h∘mask is what the next step multiplies with R. `lengths`, where given, holds the steps of each sample: after
 * its end a sample keeps its states.
 */
@inline
function cells(
  activation: i32, recurrent: i32, k: usize, batch: i32, t: i32, pad: usize,
  z: usize, c0: usize, c: usize, s: usize, h0: usize, h: usize, mask: usize, m: usize, lengths: usize,
): void {
  const gates = pad << 2
  for (let b = 0; b < batch; b++) {
    const ended = lengths != 0 && t >= loadInt(lengths + floats(b))
    for (let lane: usize = 0; lane < 32; lane += 16) {
      const zi = z + lane
      const i = activate(recurrent, k, load4(zi))
      const f = activate(recurrent, k, load4(zi + pad))
      const g = activate(activation, k, load4(zi + (pad << 1)))
      const o = activate(recurrent, k, load4(zi + 3 * pad))
      const before = load4(c0 + lane)
      let state = multiplyAdd(f, before, f32x4.mul(i, g))
      if (ended) state = before
      const squashed = activate(activation, k, state)
      let out = f32x4.mul(o, squashed)
      if (ended) out = load4(h0 + lane)
      store4(zi, i)
      store4(zi + pad, f)
      store4(zi + (pad << 1), g)
      store4(zi + 3 * pad, o)
      store4(c + lane, state)
      store4(s + lane, squashed)
      store4(h + lane, out)
      if (mask != 0) store4(m + lane, f32x4.mul(out, load4(mask + lane)))
    }
    z += gates
    c0 += pad
    c += pad
    s += pad
    h0 += pad
    h += pad
    if (mask != 0) {
      mask += pad
      m += pad
    }
  }
}

function standardCells(
  k: usize, batch: i32, t: i32, pad: usize,
  z: usize, c0: usize, c: usize, s: usize, h0: usize, h: usize, mask: usize, m: usize, lengths: usize,
): void {
  cells(TANH, SIGMOID, k, batch, t, pad, z, c0, c, s, h0, h, mask, m, lengths)
}

function anyCells(
  activation: i32, recurrent: i32, k: usize, batch: i32, t: i32, pad: usize,
  z: usize, c0: usize, c: usize, s: usize, h0: usize, h: usize, mask: usize, m: usize, lengths: usize,
): void {
  cells(activation, recurrent, k, batch, t, pad, z, c0, c, s, h0, h, mask, m, lengths)
}

/**
 * The LSTM over steps `first` … `first + count − 1` of a sequence; earlier steps must have been done. With P = `units`
 * padded to a multiple of 8, all row-major and time step after time step:
 *
 * - `z` `[steps, batch, 4P]`, gates in the order i, f, c, o: on entry x·W + b, on return the activated gates
 * - `r` packed panels `[4P/8, units, 8]` of the recurrent kernel
 * - `h`, `c` `[steps + 1, batch, P]`: states before the first step (set to 0 here) and after each
 * - `s` `[steps, batch, P]`: a(c)
 * - `mask` `[batch, P]` or 0, with `m` `[steps + 1, batch, P]`: h∘mask
 * - `lengths` `[batch]` (int32) or 0
 * - `k`: where `writeConstants` wrote
 */
export function lstmForward(
  batch: i32, first: i32, count: i32, units: i32, activation: i32, recurrent: i32, k: usize,
  z: usize, r: usize, h: usize, c: usize, s: usize, mask: usize, m: usize, lengths: usize,
): void {
  const width = padded(units)
  const pad = floats(width)
  const gates = pad << 2
  const rows = <usize>batch * pad
  const panel = floats(units << 3)
  const standard = activation == TANH && recurrent == SIGMOID
  const blocks = width >> 3
  if (first == 0) {
    zero(h, batch * width)
    zero(c, batch * width)
    if (mask != 0) zero(m, batch * width)
  }
  for (let t = first; t < first + count; t++) {
    const zt = z + <usize>t * (rows << 2)
    const ht = h + <usize>t * rows
    const ct = c + <usize>t * rows
    const st = s + <usize>t * rows
    const mt = mask != 0 ? m + <usize>t * rows : 0
    const previous = mask != 0 ? mt : ht
    // Blocks whose gate sums are complete.
    let summed = 0
    for (let block = 0; block < blocks; block++) {
      const column = <usize>block << 5
      // The states before the first step are 0.
      if (t > 0 && block == summed) {
        const n = tilePanels(blocks - block)
        for (let gate = 0; gate < 4; gate++) {
          const target = zt + <usize>gate * pad + column
          const b = r + <usize>(gate * blocks + block) * panel
          multiplyPanels(n, batch, units, previous, pad, b, target, gates, target, gates)
        }
        summed += n
      }
      const maskAt = mask != 0 ? mask + column : 0
      if (standard) {
        standardCells(
          k, batch, t, pad, zt + column, ct + column, ct + rows + column, st + column, ht + column,
          ht + rows + column, maskAt, mt + rows + column, lengths,
        )
      } else {
        anyCells(
          activation, recurrent, k, batch, t, pad, zt + column, ct + column, ct + rows + column, st + column,
          ht + column, ht + rows + column, maskAt, mt + rows + column, lengths,
        )
      }
    }
  }
}
