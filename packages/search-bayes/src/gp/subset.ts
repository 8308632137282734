import { type Metric, unscaledDistance } from './covariance.ts'
import type { Rows } from './posterior.ts'

/** The number of rows that a posterior is conditioned on, at most. */
const MOST_ROWS = 300
/** The same where so many configurations are known that even choosing rows takes time. */
const MOST_ROWS_OF_MANY = 200
const MANY = 1000

/**
 * Rows to keep where there are too many: half of them the best, the others far from each other and from those, so that
 * the model still knows the whole space.
 *
 * @returns Ascending row numbers; all of them where there are few enough.
 */
export function keptRows(
  { x, y }: Rows,
  metric: Metric,
  most = y.length > MANY ? MOST_ROWS_OF_MANY : MOST_ROWS,
): number[] {
  const n = y.length
  const all = Array.from({ length: n }, (_, i) => i)
  if (n <= most) return all
  const d = metric.length
  const kept = all.toSorted((a, b) => y[b]! - y[a]! || a - b).slice(0, Math.ceil(most / 2))
  const nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  const account = (row: number): void => {
    for (let i = 0; i < n; i++) {
      nearest[i] = Math.min(nearest[i]!, unscaledDistance(x, i * d, x, row * d, metric))
    }
  }
  for (const row of kept) account(row)
  while (kept.length < most) {
    const farthest = all.reduce((best, i) => (nearest[i]! > nearest[best]! ? i : best), 0)
    if (nearest[farthest] === 0) break
    kept.push(farthest)
    account(farthest)
  }
  return kept.sort((a, b) => a - b)
}

/** Some of the rows, by number. */
export function selectRows({ x, y, repeats, within }: Rows, kept: readonly number[]): Rows {
  const d = x.length / y.length
  return {
    x: Float64Array.from({ length: kept.length * d }, (_, i) => x[kept[Math.floor(i / d)]! * d + (i % d)]!),
    y: Float64Array.from(kept, (i) => y[i]!),
    repeats: Float64Array.from(kept, (i) => repeats[i]!),
    ...(within === undefined ? {} : { within }),
  }
}
