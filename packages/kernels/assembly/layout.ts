import { copy, floats, zero } from './memory'

/** `[batch, steps, width]` → `[steps, batch, pad]`, the padding set to 0. */
export function toTimeMajor(batch: i32, steps: i32, width: i32, pad: i32, from: usize, to: usize): void {
  for (let t = 0; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      copy(to, from + floats((b * steps + t) * width), width)
      if (pad > width) zero(to + floats(width), pad - width)
      to += floats(pad)
    }
  }
}

/** `[steps, batch, pad]` → `[batch, steps, width]`, the padding left out. */
export function toBatchMajor(batch: i32, steps: i32, width: i32, pad: i32, from: usize, to: usize): void {
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < steps; t++) {
      copy(to, from + floats((t * batch + b) * pad), width)
      to += floats(width)
    }
  }
}
