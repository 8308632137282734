import type { Hyperparameter } from '@rondo/core'
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

/** When it is active: `when optimizer is sgd`; empty for always. */
export function whenInWords({ when }: Hyperparameter): string {
  if (when === undefined) return ''
  const conditions = Object.entries(when).map(([name, wanted]) => `${name} is ${plain(wanted)}`)
  return `when ${conditions.join(' and ')}`
}

/** A value as it is written in a config; a text without quotes. */
export const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
