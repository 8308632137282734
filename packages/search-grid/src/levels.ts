import { didYouMean, listOfValues, RondoError, type Space, type Values } from '@rondo/core'
import type { GridOptions } from './options.ts'

const DEFAULT_LEVELS = 5

/** The values that the grid has of a hyperparameter, ascending where it is a range. */
export function levelsOf(space: Space, name: string, levels: GridOptions['levels']): Values {
  const h = space.get(name)
  const all = space.valuesOf(name)
  if (h.type !== 'int' && h.type !== 'float') return all!
  const named = typeof levels === 'object' ? ownNumber(levels, name) : undefined
  if (named === undefined && h.step !== undefined) return all!
  const count = named ?? (typeof levels === 'number' ? levels : DEFAULT_LEVELS)
  if (all !== undefined && all.length <= count) return all
  const { low, high, log = false } = h
  const at = (share: number): number => {
    const exact = log
      ? Math.exp(Math.log(low) + share * (Math.log(high) - Math.log(low)))
      : low + share * (high - low)
    // 12 digits are exact enough, and 0.001 is read more easily than 0.0010000000000000002.
    return Number(exact.toPrecision(12))
  }
  const values = Array.from({ length: count }, (_, i) => {
    // The ends are exact, whatever exp and log round.
    if (count > 1 && i === 0) return space.snap(name, low)
    if (count > 1 && i === count - 1) return space.snap(name, high)
    return space.snap(name, at(count === 1 ? 0.5 : i / (count - 1)))
  })
  return listOfValues([...new Set(values)])
}

/** @throws RONDO_OPTION_INVALID where levels are given to what has none. */
export function checkLevels(space: Space, levels: GridOptions['levels']): void {
  if (typeof levels !== 'object') return
  for (const [name, count] of Object.entries(levels)) {
    const fail = (message: string): RondoError =>
      new RondoError('RONDO_OPTION_INVALID', {
        message,
        value: count,
        place: { plugin: 'grid', field: `levels.${name}`, param: name },
      })
    if (!space.names.includes(name)) {
      throw fail(
        `Grid levels are given for “${name}”, which is not in the space.${didYouMean(name, space.names)}`,
      )
    }
    const { type } = space.get(name)
    if (type !== 'int' && type !== 'float') {
      throw fail(
        `Grid levels are given for “${name}”, a ${type}, all of whose values are in the grid anyway.`,
      )
    }
  }
}

const ownNumber = (numbers: { readonly [name: string]: number }, name: string): number | undefined =>
  Object.hasOwn(numbers, name) ? numbers[name] : undefined
