/** How a number is written. */
interface NumberForm {
  /** Below which size it is written with an exponent. */
  readonly exponentBelow?: number
}

/** A number for people: four significant digits, integers whole, exponents only where there is no other way. */
export function numberInWords(value: number | undefined, { exponentBelow = 1e-3 }: NumberForm = {}): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value)
  const size = Math.abs(value)
  if (size >= 1e9 || size < exponentBelow) return value.toExponential(2).replace('e+', 'e')
  if (size >= 1000) return value.toFixed(0)
  return Number(value.toPrecision(4)).toString()
}

/** A duration for people: `45 s`, `12 min 5 s`, `3 h 20 min`. */
export function durationInWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}
