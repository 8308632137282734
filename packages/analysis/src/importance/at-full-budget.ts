import type { Observation } from '../observation.ts'
import { median } from '../statistics.ts'

/**
 * Trials on a part of the budget with the value that they would have on all of it: their own, and from each share to the
 * next the median gain of those trials that have values on both. Without it, importance would be about who was allowed to
 * train longer. A trial from whose share no other went on is left out.
 */
export function atFullBudget(trials: readonly Observation[]): readonly Observation[] {
  const points = trials.map(({ value, share = 1, earlier = [] }) =>
    value === undefined || !Number.isFinite(value)
      ? new Map<number, number>()
      : new Map([...earlier.map((point) => [point.share, point.value] as const), [share, value]]),
  )
  const shares = [...new Set([...points.flatMap((own) => [...own.keys()]), 1])].sort((a, b) => a - b)
  const toFull = new Map([[1, 0]])
  for (let i = shares.length - 2; i >= 0; i--) {
    const gain = gainBetween(points, shares.slice(i), toFull)
    if (gain !== undefined) toFull.set(shares[i]!, gain)
  }
  return trials.flatMap((trial): Observation[] => {
    const { params, value, share = 1 } = trial
    if (value === undefined || !Number.isFinite(value)) return [{ params }]
    const gain = toFull.get(share)
    return gain === undefined ? [] : [{ params, value: value + gain }]
  })
}

/** The gain from the first share to the full budget, by way of the nearest share that some trial connects with it. */
function gainBetween(
  points: readonly ReadonlyMap<number, number>[],
  [from, ...later]: readonly number[],
  toFull: ReadonlyMap<number, number>,
): number | undefined {
  for (const to of later) {
    const rest = toFull.get(to)
    const gains = points.flatMap((own) => {
      const [before, after] = [own.get(from!), own.get(to)]
      return before === undefined || after === undefined ? [] : [after - before]
    })
    if (rest !== undefined && gains.length > 0) return rest + median(gains)
  }
  return undefined
}
