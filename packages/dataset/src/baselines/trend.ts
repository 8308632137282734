import { type Frame, recordedBySeries } from '../series/frame.ts'

/** The share of a series, its latest recorded values, that is compared with all before. */
const LATEST = 0.2
/** So many of the latest values outside of what was seen before are no outliers. */
const OUTSIDE = 0.25
/** Fewer values before tell no range. */
const LEAST_BEFORE = 20

/**
 * Whether the first target leaves the range of what came before: a quarter or more of the latest fifth of each series'
 * recorded values, all series taken together, lies above or below all before it. A model that was trained on levels
 * has not seen such ones. A value that is like n others lies beyond all of them with a probability of 2/(n + 1): there
 * must also be twice as many as that makes, and two standard deviations more. A series with fewer than 20 values before
 * its latest fifth does not count.
 */
export function hasTrend(frame: Frame, target: string): boolean {
  const values = frame.targets.get(target)!
  let outside = 0
  let latest = 0
  let byChance = 0
  for (const recorded of recordedBySeries(frame, values)) {
    const later = Math.floor(LATEST * recorded.length)
    const before = recorded.subarray(0, recorded.length - later)
    if (before.length < LEAST_BEFORE) continue
    const low = before.reduce((a, b) => Math.min(a, b))
    const high = before.reduce((a, b) => Math.max(a, b))
    for (const value of recorded.subarray(before.length)) if (value < low || value > high) outside++
    latest += later
    byChance += (2 * later) / (before.length + 1)
  }
  return outside >= OUTSIDE * latest && outside > 2 * (byChance + Math.sqrt(byChance))
}
