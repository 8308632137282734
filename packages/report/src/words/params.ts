import type { Hyperparameter, Params, ParamValue, SpaceDefinition } from '@rondo/core'
import { number } from './numbers.ts'

/** A value of a hyperparameter. */
export const valueInWords = (value: ParamValue | undefined): string =>
  value === undefined ? '–' : typeof value === 'number' ? number(value) : String(value)

/** The names of what varies; of everything where nothing does. */
export function tunedNames(space: SpaceDefinition): readonly string[] {
  const names = Object.keys(space)
  const tuned = names.filter((name) => space[name]!.type !== 'fixed')
  return tuned.length > 0 ? tuned : names
}

/** `units 64, learningRate 0.003`: what varies. */
export const paramsInWords = (params: Params, space: SpaceDefinition): string =>
  tunedNames(space)
    .filter((name) => params[name] !== undefined)
    .map((name) => `${name} ${valueInWords(params[name])}`)
    .join(', ')

/** `16 … 512, log`, `adam · rmsprop`. */
export function rangeInWords(hyperparameter: Hyperparameter): string {
  switch (hyperparameter.type) {
    case 'int':
    case 'float': {
      const { low, high, log, step } = hyperparameter
      return `${number(low)} … ${number(high)}${step === undefined ? '' : `, step ${number(step)}`}${log ? ', log' : ''}`
    }
    case 'choice':
      return hyperparameter.values.map(valueInWords).join(' · ')
    case 'boolean':
      return 'false · true'
    case 'fixed':
      return 'fixed'
  }
}
