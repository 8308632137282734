import type { FloatParameter, Hyperparameter, IntParameter } from '@rondo/core'

type Numeric = IntParameter | FloatParameter

export const isNumeric = (h: Hyperparameter): h is Numeric => h.type === 'int' || h.type === 'float'

/** Where a value lies in its range, in its scale: 0 at the low end, 1 at the high end. */
export function positionOf(h: Numeric, value: number): number {
  const [low, high] = ends(h)
  return low === high ? 0 : (scaled(h, value) - low) / (high - low)
}

/** The inverse of {@link positionOf}; not on the grid of a step yet. */
export function valueAt(h: Numeric, position: number): number {
  const [low, high] = ends(h)
  // Not low + position · (high − low): the difference of two huge numbers may overflow.
  const at = low * (1 - position) + high * position
  return h.log === true ? Math.exp(at) : at
}

const ends = (h: Numeric): readonly [low: number, high: number] => [scaled(h, h.low), scaled(h, h.high)]

const scaled = (h: Numeric, value: number): number => (h.log === true ? Math.log(value) : value)
