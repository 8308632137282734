import { type Frame, seriesOf } from '../series/frame.ts'

/** The share of a series, its latest values, that is compared with all before. */
const LATEST = 0.2
/** So many of the latest values outside of what was seen before are no outliers. */
const OUTSIDE = 0.25

/**
 * Whether values leave the range of what came before them: a quarter or more of the latest fifth of each series' recorded
 * values, all series taken together, lies above or below all before it. A model that was trained on levels has not seen
 * such ones.
 */
export function hasTrend(frame: Frame, target: string): boolean {
  const values = frame.targets.get(target)!
  let outside = 0
  let latest = 0
  for (const { from, to } of seriesOf(frame)) {
    const split = to - Math.floor(LATEST * (to - from))
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let row = from; row < split; row++) {
      const value = values[row]!
      if (value < low) low = value
      if (value > high) high = value
    }
    for (let row = split; row < to; row++) {
      const value = values[row]!
      if (Number.isNaN(value)) continue
      latest++
      if (value < low || value > high) outside++
    }
  }
  return latest > 0 && outside >= OUTSIDE * latest
}
