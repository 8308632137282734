import type { PreparedFold } from '@rondo/core'

/** The inputs of linear models: every column of every step of a window, and the calendar of its last step alone. */
export interface Design {
  readonly columns: number
  /** Writes the inputs of the window that starts at `start` to `out`. */
  write(start: number, out: Float64Array): void
}

/** More columns than this would take longer to solve for than a baseline is worth. */
const MOST_COLUMNS = 512

/**
 * @param calendar How many of the features, the last ones, are of the calendar.
 * @param most Columns; of a window that has more the oldest steps are left out.
 */
export function designOf(fold: PreparedFold, calendar: number, most = MOST_COLUMNS): Design {
  const { series, features, window } = fold
  const recorded = features - calendar
  const steps = recorded === 0 ? 0 : Math.min(window, Math.max(1, Math.floor((most - calendar) / recorded)))
  return {
    columns: steps * recorded + calendar,
    write(start, out) {
      let at = 0
      for (let step = window - steps; step < window; step++) {
        const row = (start + step) * features
        for (let feature = 0; feature < recorded; feature++) out[at++] = series[row + feature]!
      }
      const last = (start + window - 1) * features
      for (let feature = recorded; feature < features; feature++) out[at++] = series[last + feature]!
    },
  }
}

/** The last so many of `starts` that keep a sum of squares of `columns` within a second or so. */
export function affordable(starts: Int32Array, columns: number): Int32Array {
  return starts.slice(-Math.max(1000, Math.floor(2e9 / columns ** 2)))
}
