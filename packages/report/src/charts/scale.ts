import type { Objective } from '@rondo/core'

/** The ends of an axis and the distance of its lines. */
export interface ValueBounds {
  readonly min?: number
  readonly max?: number
  readonly interval?: number
}

/**
 * The bounds of a value axis on which the good values can be told apart: values far on the bad side (beyond Tukey's fence) lie
 * outside. What is absent is left to the chart.
 */
export function valueBounds(values: readonly number[], { direction }: Objective): ValueBounds {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  if (sorted.length < 2) return {}
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!
  const [low, high] = [at(0.25), at(0.75)]
  const reach = 1.5 * (high - low)
  const [first, last] = [sorted[0]!, sorted.at(-1)!]
  const bottom = direction === 'minimize' ? first : Math.max(first, low - reach)
  const top = direction === 'minimize' ? Math.min(last, high + reach) : last
  const step = roundStep((top - bottom || Math.abs(top) || 1) / 5)
  const round = (value: number): number => Number(value.toPrecision(12))
  return {
    min: round(Math.floor(bottom / step) * step),
    max: round(Math.ceil(top / step) * step),
    interval: step,
  }
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((factor) => factor * power >= least) ?? 10
  return factor * power
}
