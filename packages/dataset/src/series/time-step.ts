/** The distance between consecutive rows in time. It is JSON. */
export type TimeStep =
  | { readonly unit: 'ms'; readonly every: number }
  /** Calendar months: 1, 3 or 12 of them. */
  | { readonly unit: 'month'; readonly every: number }
  /** Days without weekends. */
  | { readonly unit: 'businessDay'; readonly every: 1 }

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The step of ascending times, from the most frequent distance; `undefined` for fewer than two. */
export function detectTimeStep(times: readonly Float64Array[]): TimeStep | undefined {
  const counts = new Map<number, number>()
  for (const series of times) {
    for (let i = 1; i < series.length; i++) {
      const distance = series[i]! - series[i - 1]!
      counts.set(distance, (counts.get(distance) ?? 0) + 1)
    }
  }
  const frequent = [...counts].sort(([a, n], [b, m]) => m - n || a - b)
  const most = frequent[0]?.[0]
  if (most === undefined || most <= 0) return undefined
  const days = most / DAY
  if (days >= 28 && days <= 31) return { unit: 'month', every: 1 }
  if (days >= 90 && days <= 92) return { unit: 'month', every: 3 }
  if (days >= 365 && days <= 366) return { unit: 'month', every: 12 }
  const weekends = counts.get(3 * DAY) ?? 0
  const isWeekend = (time: number) => [0, 6].includes(new Date(time).getUTCDay())
  if (most === DAY && weekends > (counts.get(DAY) ?? 0) / 10 && !times.some((s) => s.some(isWeekend))) {
    return { unit: 'businessDay', every: 1 }
  }
  return { unit: 'ms', every: most }
}

/** The time one step after `time`. */
export function nextTime(time: number, step: TimeStep): number {
  if (step.unit === 'ms') return time + step.every
  const date = new Date(time)
  if (step.unit === 'businessDay') {
    const weekday = date.getUTCDay()
    return time + (weekday === 5 ? 3 : weekday === 6 ? 2 : 1) * DAY
  }
  // The last of a month stays the last of a month.
  const month = date.getUTCMonth() + step.every
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const isLast = new Date(time + DAY).getUTCDate() === 1
  const day = isLast ? lastDay : Math.min(date.getUTCDate(), lastDay)
  return Date.UTC(date.getUTCFullYear(), month, day) + (time - Math.floor(time / DAY) * DAY)
}

/** Whether rows are missing between two consecutive times. */
export function isGap(from: number, to: number, step: TimeStep): boolean {
  if (step.unit === 'ms') return to - from !== step.every
  // Bank holidays are no gaps, a week without trade is.
  if (step.unit === 'businessDay') return to - from > 6 * DAY
  return Math.abs(to - nextTime(from, step)) > 4 * DAY
}

/** Seasonal periods in rows that usually go with a step, the shortest first. */
export function usualSeasons(step: TimeStep): readonly number[] {
  if (step.unit === 'month') return step.every === 12 ? [] : [12 / step.every]
  if (step.unit === 'businessDay') return [5, 260]
  const { every } = step
  if (every === 7 * DAY) return [52]
  if (every === DAY) return [7, 364]
  const periods = every >= HOUR ? [DAY, 7 * DAY] : every >= MINUTE ? [HOUR, DAY] : [MINUTE, HOUR]
  // Quarters of an hour have a day and a week as well.
  const fitting = every >= 10 * MINUTE ? [DAY, 7 * DAY] : periods
  return fitting.map((period) => period / every).filter((rows) => Number.isInteger(rows) && rows > 1)
}

/** The step in words. */
export function describeTimeStep(step: TimeStep): string {
  if (step.unit === 'businessDay') return 'a business day'
  if (step.unit === 'month') return step.every === 1 ? 'a month' : step.every === 3 ? 'a quarter' : 'a year'
  const units = [
    [7 * DAY, 'week'],
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
    [SECOND, 'second'],
  ] as const
  const [size, name] = units.find(([unit]) => step.every % unit === 0) ?? [1, 'ms']
  const count = step.every / size
  return count === 1 ? `a${name === 'hour' ? 'n' : ''} ${name}` : `${count} ${name}s`
}
