import { RondoError } from '../errors/rondo-error.ts'
import type { Hyperparameter, ParamValue } from './hyperparameter.ts'
import { gridOf } from './number-grid.ts'
import type { Values } from './space.ts'

/** Every value of a hyperparameter by index; `undefined` for a continuous one. */
export function valuesOfParameter(h: Hyperparameter): Values | undefined {
  switch (h.type) {
    case 'int':
    case 'float': {
      const grid = gridOf(h)
      return grid && checkedValues(grid.length, grid.at)
    }
    case 'choice':
      return listOfValues(h.values)
    case 'boolean':
      return listOfValues([false, true])
    case 'fixed':
      return listOfValues([h.value])
  }
}

/** A list as {@link Values}. */
export const listOfValues = (values: readonly ParamValue[]): Values =>
  checkedValues(values.length, (index) => values[index]!)

function checkedValues(length: number, at: (index: number) => ParamValue): Values {
  return {
    length,
    at(index) {
      if (Number.isInteger(index) && index >= 0 && index < length) return at(index)
      throw new RondoError('RONDO_INTERNAL', {
        message: `Value ${index} was asked of a hyperparameter that has the values 0 … ${length - 1}.`,
        value: index,
      })
    },
  }
}

/** The first index whose value is at least `bound`, in ascending numbers; their length where none is. */
export function firstAtLeast(values: Values, bound: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = Math.floor(low + (high - low) / 2)
    if ((values.at(middle) as number) < bound) low = middle + 1
    else high = middle
  }
  return low
}
