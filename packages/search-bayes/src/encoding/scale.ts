/** A monotone map of numbers onto a scale where equal steps count alike. */
export type Scale = 'linear' | 'log' | 'rank'

/**
 * The scale on which a list of numbers is spread most evenly: `log` for 16, 32, 64, `linear` for 0, 0.3, 0.6; `rank`
 * (their place in the order) where neither brings them near to even.
 *
 * @param ascending Distinct numbers in ascending order.
 */
export function scaleOf(ascending: readonly number[]): Scale {
  if (ascending.length < 3) return 'linear'
  const linear = unevenness(ascending)
  const log = ascending[0]! > 0 ? unevenness(ascending.map(Math.log)) : Number.POSITIVE_INFINITY
  if (Math.min(linear, log) > 1) return 'rank'
  return log < linear ? 'log' : 'linear'
}

/** The coefficient of variation of the gaps: 0 for evenly spaced numbers. */
function unevenness(ascending: readonly number[]): number {
  const gaps = ascending.slice(1).map((v, i) => v - ascending[i]!)
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length
  const variance = gaps.reduce((a, b) => a + (b - mean) ** 2, 0) / gaps.length
  return Math.sqrt(variance) / mean
}
