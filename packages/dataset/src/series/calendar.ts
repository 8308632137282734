import type { CalendarPart } from '../options.ts'
import type { TimeStep } from './time-step.ts'
import { DAY } from './time-step.ts'

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The parts that tell rows of such a step apart, where the user asks for the calendar without naming parts. */
export function usualCalendar(step: TimeStep): readonly CalendarPart[] {
  if (step.unit === 'month') return ['month']
  if (step.unit === 'businessDay') return ['weekday', 'dayOfYear']
  if (step.every >= 7 * DAY) return ['dayOfYear']
  return step.every >= DAY ? ['weekday', 'dayOfYear'] : ['hour', 'weekday', 'dayOfYear']
}

/** The names of a part's inputs. */
export function calendarNames(part: CalendarPart): readonly string[] {
  if (part === 'weekday') return WEEKDAYS.map((day) => `weekday=${day}`)
  if (part === 'month') return Array.from({ length: 12 }, (_, i) => `month=${i + 1}`)
  return [`${part} sin`, `${part} cos`]
}

/** Writes the inputs of `part` at `time` to `out` from `at` on: one-hot, or a point on the circle. */
export function writeCalendar(part: CalendarPart, time: number, out: Float32Array, at: number): void {
  const date = new Date(time)
  if (part === 'weekday') out[at + date.getUTCDay()] = 1
  else if (part === 'month') out[at + date.getUTCMonth()] = 1
  else {
    const turn = part === 'hour' ? (time / DAY) % 1 : yearTurn(date, time)
    out[at] = Math.sin(2 * Math.PI * turn)
    out[at + 1] = Math.cos(2 * Math.PI * turn)
  }
}

/** The part of the year that has passed, in [0, 1). */
function yearTurn(date: Date, time: number): number {
  const year = date.getUTCFullYear()
  const begin = Date.UTC(year, 0, 1)
  return (time - begin) / (Date.UTC(year + 1, 0, 1) - begin)
}
