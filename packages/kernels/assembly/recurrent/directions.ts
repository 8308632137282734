import { copy, floats, load1, loadInt, store1, zero } from '../memory'

/**
 * The row that row `t` of sample `b` is moved from: itself, or, `backwards`, the one as far from the end of the sequence
 * as t is from its start. −1 beyond the end, where a sequence read backwards has nothing.
 */
@inline
function source(backwards: i32, steps: i32, t: i32, b: i32, lengths: usize): i32 {
  if (!backwards) return t
  const length = lengths != 0 ? loadInt(lengths + floats(b)) : steps
  return length - 1 - t
}

/**
 * Copies `width` columns of each step: to[t, b] = from[t, b], or `backwards` to[t, b] = from[L_b − 1 − t, b] for t < L_b
 * and 0 beyond, where L_b is `lengths[b]`, or `steps` for all with `lengths` = 0. Both are `[steps, batch, …]` with
 * `strideFrom` and `strideTo` floats from row to row.
 */
export function copySteps(
  batch: i32, steps: i32, width: i32, backwards: i32, lengths: usize,
  from: usize, strideFrom: i32, to: usize, strideTo: i32,
): void {
  for (let t = 0; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      const row = source(backwards, steps, t, b, lengths)
      if (row < 0) zero(to, width)
      else copy(to, from + floats((row * batch + b) * strideFrom), width)
      to += floats(strideTo)
    }
  }
}

/** As `copySteps`, but adds to what is there; beyond a sequence's end it adds nothing. */
export function addSteps(
  batch: i32, steps: i32, width: i32, backwards: i32, lengths: usize,
  from: usize, strideFrom: i32, to: usize, strideTo: i32,
): void {
  for (let t = 0; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      const row = source(backwards, steps, t, b, lengths)
      if (row >= 0) {
        const at = from + floats((row * batch + b) * strideFrom)
        for (let n = 0; n < width; n++) store1(to + floats(n), load1(to + floats(n)) + load1(at + floats(n)))
      }
      to += floats(strideTo)
    }
  }
}
