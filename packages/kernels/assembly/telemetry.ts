import { floats, load1, loadInt, padded, store1 } from './memory'

/**
 * For one gate of an LSTM after its forward pass: adds to `into` `[4]` the sum of its values, how many are below .05,
 * how many above .95, and how many there are; ended samples left out. `z` `[steps, batch, 4P]` as `lstmForward` left it.
 */
export function gateStatistics(
  batch: i32, steps: i32, units: i32, gate: i32, z: usize, lengths: usize, into: usize,
): void {
  const width = padded(units)
  let sum: f64 = 0
  let low = 0
  let high = 0
  let count = 0
  z += floats(gate * width)
  for (let t = 0; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      if (lengths == 0 || t < loadInt(lengths + floats(b))) {
        for (let n = 0; n < units; n++) {
          const value = load1(z + floats(n))
          sum += <f64>value
          if (value < 0.05) low++
          else if (value > 0.95) high++
        }
        count += units
      }
      z += floats(width << 2)
    }
  }
  store1(into, load1(into) + <f32>sum)
  store1(into + 4, load1(into + 4) + <f32>low)
  store1(into + 8, load1(into + 8) + <f32>high)
  store1(into + 12, load1(into + 12) + <f32>count)
}
