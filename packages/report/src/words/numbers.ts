import { numberInWords } from '@rondo/core'

export { count, durationInWords as duration } from '@rondo/core'

/** Smaller than on the command line: most learning rates are told without an exponent. */
const EXPONENT_BELOW = 1e-4

/** A number for people, as the command line says it, in the dress of print: a minus sign, thousands in groups. */
export function number(value: number | undefined): string {
  const text = numberInWords(value, { exponentBelow: EXPONENT_BELOW })
  const known = Number(text)
  return signed(Math.abs(known) >= 1000 && !text.includes('e') ? known.toLocaleString('en-US') : text)
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
