const ISO =
  /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/
const QUARTER = /^(\d{4})-?Q([1-4])$/i

/**
 * Milliseconds since 1970-01-01 of an ISO date, month or timestamp (`2024-05-01`, `2024/05/01`, `2024-05`,
 * `2024-05-01T12:00:00+02:00`), of `01.05.2024` or of `2024-Q2`; NaN where it is none. A time without a zone is taken
 * as UTC: only steps and calendar parts are read off it.
 */
export function parseTime(text: string): number {
  const trimmed = text.trim()
  const iso = ISO.exec(trimmed)
  if (iso) {
    const [, year, month, day = 1, hour = 0, minute = 0, second = 0, fraction = '', zone] = iso
    const at = utc(+year!, +month!, +day, +hour, +minute, +second)
    return at + (fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)) - offsetMs(zone)
  }
  const dayFirst = DAY_FIRST.exec(trimmed)
  if (dayFirst) {
    const [, day, month, year, hour = 0, minute = 0, second = 0] = dayFirst
    return utc(+year!, +month!, +day!, +hour, +minute, +second)
  }
  const quarter = QUARTER.exec(trimmed)
  return quarter ? utc(+quarter[1]!, 3 * +quarter[2]! - 2, 1, 0, 0, 0) : Number.NaN
}

/** The millisecond, or NaN where there is no such day or time. */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  const isReal =
    month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) && hour < 24 && minute < 60
  return isReal ? Date.UTC(year, month - 1, day, hour, minute, second) : Number.NaN
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000
}

/** A time for people: a date where it is midnight. */
export function formatTime(ms: number): string {
  const iso = new Date(ms).toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.replace(/(:00)?\.000Z$/, 'Z')
}
