export { count } from '@rondo/core'

/** A number for people: four significant digits, exponents only where there is no other way. */
export function number(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return signed(value.toExponential(2).replace('e+', 'e'))
  if (size >= 1000) return signed(Math.round(value).toLocaleString('en-US'))
  return signed(String(Number(value.toPrecision(4))))
}

const signed = (text: string): string => text.replace('-', '−')

/** A share of 1 as a percentage. */
export function percent(share: number): string {
  const value = 100 * share
  if (value !== 0 && Math.abs(value) < 0.05) return 'under 0.1 %'
  return `${signed(Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0))} %`
}

/** A probability as a percentage that never claims certainty. */
export function probability(value: number): string {
  if (value > 0.995) return 'over 99 %'
  if (value < 0.005) return 'under 1 %'
  return `${(100 * value).toFixed(0)} %`
}

/** A duration for people: `45 s`, `12 min`, `3 h 20 min`. */
export function duration(ms: number): string {
  if (ms < 500) return 'under 1 s'
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
