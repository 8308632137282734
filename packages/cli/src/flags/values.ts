import { InvalidArgumentError } from 'commander'

// Readers of single values. They throw commander's own error, which names the option that was being read.

/** A whole number of at least `least`. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`)
  }

const UNIT_MS: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** A duration in milliseconds: `90s`, `10m`, `1h30m`; a bare number is seconds. */
export function milliseconds(text: string): number {
  const trimmed = text.trim().toLowerCase()
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|[smhd])?\s*/gy)]
  const read = parts.map(([part]) => part).join('')
  const bare = parts.filter(([, , unit]) => unit === undefined).length
  const total = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit ?? 's']!, 0)
  // A number without a unit stands alone: 1h30 is as likely 30 minutes as 30 seconds.
  const clear = read === trimmed && (bare === 0 || parts.length === 1)
  if (clear && Math.round(total) >= 1) return Math.round(total)
  throw new InvalidArgumentError('It must be a duration such as 90s, 10m or 1h30m.')
}

/** A study, and how many of its configurations: `births` or `births:3`. */
export function warmStart(text: string): { readonly study: string; readonly trials?: number } {
  const [study = '', count, ...rest] = text.split(':')
  if (study === '' || rest.length > 0) {
    throw new InvalidArgumentError(
      'It must be the name of a study, as births, or with a number, as births:3.',
    )
  }
  return count === undefined ? { study } : { study, trials: wholeNumber(1)(count) }
}

/** Names with commas between them. */
export function names(text: string): readonly string[] {
  const list = text.split(',').map((name) => name.trim())
  if (list.every((name) => name !== '')) return list
  throw new InvalidArgumentError('It must be names with commas between them.')
}

/** Whole numbers of at least 1 with commas between them. */
export const wholeNumbers = (text: string): readonly number[] => text.split(',').map(wholeNumber(1))

/** Any number. */
export function number(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new InvalidArgumentError('It must be a number.')
}

/** Numbers with commas between them. */
export const numbers = (text: string): readonly number[] => text.split(',').map(number)

/** A share below 1, or a number of rows. */
export function share(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && (value < 1 || Number.isInteger(value))) return value
  throw new InvalidArgumentError('It must be a share between 0 and 1, or a whole number of rows.')
}
