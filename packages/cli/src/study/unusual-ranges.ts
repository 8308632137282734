import type { Hyperparameter, Space } from '@rondo/core'
import { defaultSpace } from '@rondo/models-lstm'
import { number } from '../terminal/quantities.ts'

/** Values beyond what is customary by more than this factor are worth a note. */
const FACTOR = 10

/** Of each hyperparameter of a network that can take values far from the customary ones a line that says so. */
export function unusualRanges(space: Space): readonly string[] {
  return Object.entries(defaultSpace).flatMap(([name, customary]) => {
    if (!('low' in customary) || !space.names.includes(name)) return []
    const values = numbersOf(space.get(name))
    const { low, high } = customary
    if (values.every((value) => value >= low / FACTOR && value <= high * FACTOR)) return []
    const taken = values.length === 1 ? number(values[0]) : `${number(values[0])} to ${number(values.at(-1))}`
    return [`${name} ${taken} is far from what is customary, ${number(low)} to ${number(high)}`]
  })
}

/** The least and the largest number that a hyperparameter can be, or the one that it is. */
function numbersOf(parameter: Hyperparameter): readonly number[] {
  switch (parameter.type) {
    case 'int':
    case 'float':
      return [parameter.low, parameter.high]
    case 'choice': {
      const numbers = parameter.values.filter((value) => typeof value === 'number').sort((a, b) => a - b)
      return numbers.length === 0 ? [] : [numbers[0]!, numbers.at(-1)!]
    }
    case 'fixed':
      return typeof parameter.value === 'number' ? [parameter.value] : []
    case 'boolean':
      return []
  }
}
