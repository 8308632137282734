import { copy, floats, loadInt, zero } from './memory'

/**
 * The windows of a batch out of one flat series: X `[steps, batch, features]`, time step after time step, where sample
 * b holds rows starts[b] … starts[b] + steps − 1 of `series` `[rows, features]`. With `lengths` (or 0) a sample's rows
 * from its length on are 0 and not read.
 */
export function gatherWindows(
  batch: i32, steps: i32, features: i32, series: usize, starts: usize, lengths: usize, x: usize,
): void {
  const row = floats(features)
  for (let t = 0; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      if (lengths != 0 && t >= loadInt(lengths + floats(b))) zero(x, features)
      else copy(x, series + <usize>(loadInt(starts + floats(b)) + t) * row, features)
      x += row
    }
  }
}

/** to[b] = from[index[b]] for rows of `width` 32-bit values. */
export function gatherRows(batch: i32, width: i32, from: usize, index: usize, to: usize): void {
  const row = floats(width)
  for (let b = 0; b < batch; b++) {
    copy(to, from + <usize>loadInt(index + floats(b)) * row, width)
    to += row
  }
}
