import type { Hyperparameter, When } from '@rondo/core'
import { number } from './quantities.ts'

/** What a hyperparameter can be: `16 … 128, log`. */
export function valuesInWords(parameter: Hyperparameter): string {
  switch (parameter.type) {
    case 'int':
    case 'float': {
      const { low, high, log, step } = parameter
      return `${number(low)} … ${number(high)}${log === true ? ', log' : ''}${step === undefined ? '' : `, step ${number(step)}`}`
    }
    case 'choice':
      return parameter.values.join(', ')
    case 'boolean':
      return 'true, false'
    case 'fixed':
      return String(parameter.value)
  }
}

/** When it is active: `when optimizer is sgd and layers is 2 or more`; empty for always. */
export function whenInWords({ when }: Hyperparameter): string {
  if (when === undefined) return ''
  const conditions = Object.entries(when).map(([name, wanted]) => `${name} is ${wantedInWords(wanted)}`)
  return `when ${conditions.join(' and ')}`
}

function wantedInWords(wanted: When[string]): string {
  if (Array.isArray(wanted)) return wanted.map(plain).join(' or ')
  if (typeof wanted !== 'object') return plain(wanted)
  const { min, max } = wanted as { readonly min?: number; readonly max?: number }
  if (min === undefined) return `${number(max)} or less`
  return max === undefined ? `${number(min)} or more` : `${number(min)} … ${number(max)}`
}

/** A value as it is written in a config; a text without quotes. */
export const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
