import type { Objective } from '@rondo/core'

/**
 * The bounds of a value axis on which the good values can be told apart: values far on the bad side (beyond Tukey's fence) lie
 * outside. `undefined` bounds are left to the chart.
 */
export function valueBounds(
  values: readonly number[],
  { direction }: Objective,
): { readonly min?: number; readonly max?: number } {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  if (sorted.length < 2) return {}
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!
  const [low, high] = [at(0.25), at(0.75)]
  const reach = 1.5 * (high - low)
  const [first, last] = [sorted[0]!, sorted.at(-1)!]
  const bottom = direction === 'minimize' ? first : Math.max(first, low - reach)
  const top = direction === 'minimize' ? Math.min(last, high + reach) : last
  const margin = 0.05 * (top - bottom || Math.abs(top) || 1)
  return { min: neat(bottom - margin, -1), max: neat(top + margin, 1, top - bottom) }
}

/** Rounds outwards to a digit below the size of the range, so that the axis has readable ends. */
function neat(value: number, side: -1 | 1, range = Math.abs(value)): number {
  const unit = 10 ** Math.floor(Math.log10(range > 0 ? range / 10 : 1))
  const rounded = side < 0 ? Math.floor(value / unit) * unit : Math.ceil(value / unit) * unit
  return Number(rounded.toPrecision(12))
}
