import type { Preprocess } from '../preprocess.ts'
import { featureNames, scalesOf } from '../preprocess.ts'
import { signedLog } from '../transform/scale.ts'
import { calendarNames, writeCalendar } from './calendar.ts'
import { type Frame, seriesOf } from './frame.ts'
import { nextTime } from './time-step.ts'

/** The model's inputs as one flat series, and where a frame's rows are in it. */
export interface EncodedSeries {
  /** `[rows, features]` */
  readonly series: Float32Array
  readonly features: number
  /** Where sequences shorter than the window have rows of zeros behind them: the row in the series of each frame row. */
  readonly places?: Int32Array
}

/** Scales numbers, spreads categories over one input a value, and adds the calendar. */
export function encodeSeries(frame: Frame, preprocess: Preprocess): EncodedSeries {
  const { plan, window } = preprocess
  const features = featureNames(plan).length
  const places = plan.sequences ? paddedPlaces(frame, window) : undefined
  const rows = places === undefined ? frame.rows : paddedRows(frame, places, window)
  const series = new Float32Array(rows * features)
  const place = (row: number) => (places === undefined ? row : places[row]!) * features
  let column = 0
  for (const input of plan.inputs) {
    const ahead = input.kind !== 'lag' && input.known === true ? plan.horizon : 0
    // The row that an input row tells of; NaN or −1 where there is none, which leaves a 0.
    const told = input.kind === 'lag' ? 1 - input.lag : ahead
    if (input.kind === 'category') {
      const codes = frame.categories.get(input.name)!
      for (const { from, to } of seriesOf(frame)) {
        for (let row = from; row + told < to; row++) {
          const code = codes[row + told]!
          if (code >= 0) series[place(row) + column + code] = 1
        }
      }
      column += input.values.length
      continue
    }
    const values = frame.numbers.get(input.name)!
    for (const { from, to } of seriesOf(frame)) {
      const { log, center, spread } = scalesOf(preprocess, frame, from).scales[input.name]!
      for (let row = Math.max(from, from - told); row < Math.min(to, to - told); row++) {
        const value = log ? signedLog(values[row + told]!) : values[row + told]!
        series[place(row) + column] = Number.isNaN(value) ? 0 : (value - center) / spread
      }
    }
    column += 1
  }
  for (const part of plan.calendar) {
    for (let row = 0; row < frame.rows; row++) {
      writeCalendar(part, calendarTime(frame, preprocess, row), series, place(row) + column)
    }
    column += calendarNames(part).length
  }
  return { series, features, ...(places && { places }) }
}

/** The calendar is known ahead: an input row tells of the row after it, unless the target is of the same row. */
function calendarTime({ times, origins, rows }: Frame, { plan }: Preprocess, row: number): number {
  if (plan.horizon === 0) return times![row]!
  const next = row + 1
  return next < rows && origins[next] === origins[row] ? times![next]! : nextTime(times![row]!, plan.step!)
}

/** Leaves so many rows of zeros behind each sequence that a window starting with it fits. */
function paddedPlaces(frame: Frame, window: number): Int32Array {
  const places = new Int32Array(frame.rows)
  let at = 0
  for (const { from, to } of seriesOf(frame)) {
    for (let row = from; row < to; row++) places[row] = at++
    at += Math.max(0, window - (to - from))
  }
  return places
}

function paddedRows({ rows, origins }: Frame, places: Int32Array, window: number): number {
  if (rows === 0) return 0
  const lastLength = rows - origins[rows - 1]!
  return places[rows - 1]! + 1 + Math.max(0, window - lastLength)
}

/** The row in the series with which the window that ends with frame row `last` starts: a short sequence's first row. */
export function windowStart(
  { origins }: Frame,
  places: Int32Array | undefined,
  last: number,
  window: number,
): number {
  if (places === undefined) return last - window + 1
  return places[Math.max(origins[last]!, last - window + 1)]!
}
