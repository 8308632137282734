import type { Rng } from '../random/rng.ts'
import type { FloatParameter, IntParameter } from './hyperparameter.ts'

type NumberParameter = IntParameter | FloatParameter

/** The values low, low + step, … of a number hyperparameter. */
export interface NumberGrid {
  readonly length: number
  at(index: number): number
}

/** The grid of an int, of a float with a step or of one whose bounds are the same; `undefined` for a continuous one. */
export function gridOf(h: NumberParameter): NumberGrid | undefined {
  if (h.low === h.high) return { length: 1, at: () => h.low }
  const step = h.step ?? (h.type === 'int' ? 1 : undefined)
  if (step === undefined) return undefined
  const { type, low, high } = h
  const steps = (high - low) / step
  // A quotient such as (0.3 − 0.1) / 0.1 falls a rounding error short of the whole number that is meant.
  const length = Math.floor(steps + 1e-9 + steps * 1e-15) + 1
  return {
    length,
    at: (index) =>
      // 15 digits survive the way through a double and drop its rounding error: 0.1 + 2 · 0.1 is 0.3.
      type === 'int' ? low + index * step : Math.min(high, Number((low + index * step).toPrecision(15))),
  }
}

/** The nearest value that the hyperparameter can take; nearest in the logarithm where its scale is that. */
export function snapNumber(h: NumberParameter, value: number): number {
  const grid = gridOf(h)
  if (grid === undefined) return clamp(value, h.low, h.high)
  const last = grid.length - 1
  const inRange = clamp(value, h.low, grid.at(last))
  const index = Math.min(Math.floor((inRange - h.low) / (h.step ?? 1)), last)
  const below = grid.at(index)
  const above = grid.at(Math.min(index + 1, last))
  const nearerAbove = h.log ? inRange / below >= above / inRange : inRange - below >= above - inRange
  return (nearerAbove ? above : below) + 0
}

/** A draw that is uniform in the hyperparameter's scale. */
export function sampleNumber(h: NumberParameter, rng: Rng): number {
  const grid = gridOf(h)
  if (grid !== undefined && (!h.log || grid.length === 1)) return grid.at(rng.integer(0, grid.length - 1))
  if (!h.log) return clamp(h.low + rng.uniform() * (h.high - h.low), h.low, h.high)
  let low = Math.log(h.low)
  let high = Math.log(h.high)
  if (grid !== undefined) {
    // Half a step out at both ends, so that the outermost values get a full share of the scale.
    const top = Math.log(grid.at(grid.length - 1))
    low -= (Math.log(grid.at(1)) - low) / 2
    high = top + (top - Math.log(grid.at(grid.length - 2))) / 2
  }
  return snapNumber(h, Math.exp(low + rng.uniform() * (high - low)))
}

/** The middle of the range, in its scale. */
export function middleOf(h: NumberParameter): number {
  return snapNumber(h, h.log ? Math.sqrt(h.low) * Math.sqrt(h.high) : h.low + (h.high - h.low) / 2)
}

/** Adding 0 turns −0, whose text is that of 0, into 0. */
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high) + 0
