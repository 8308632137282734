import { didYouMean } from '../errors/nearest-name.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { Json } from '../json.ts'
import type { Hyperparameter, Params } from './hyperparameter.ts'
import { snapNumber } from './number-grid.ts'
import type { Space } from './space.ts'

/** What {@link Space.validate} does. @throws RONDO_PARAMS_INVALID */
export function validateParams(space: Space, params: Params): void {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new RondoError('RONDO_PARAMS_INVALID', {
      message: 'Params must be an object of values by name.',
      remedy: 'Give an object such as { units: 64 }.',
    })
  }
  for (const name of Object.keys(params)) {
    if (!space.names.includes(name)) {
      throw invalid(name, params[name], `“${name}” is not in the space.${didYouMean(name, space.names)}`)
    }
  }
  for (const name of space.names) {
    const given = Object.hasOwn(params, name) && params[name] !== undefined
    if (space.isActive(name, params)) {
      if (!given) throw invalid(name, undefined, `“${name}” has no value.`)
      const reason = whyNot(space.get(name), params[name])
      if (reason !== undefined) throw invalid(name, params[name], `“${name}” ${reason}.`)
    } else if (given) {
      throw invalid(name, params[name], `“${name}” has a value, but its condition does not hold.`)
    }
  }
}

/** Why a hyperparameter can't have a value; `undefined` where it can. */
function whyNot(h: Hyperparameter, value: unknown): string | undefined {
  switch (h.type) {
    case 'int':
    case 'float': {
      if (typeof value !== 'number' || Number.isNaN(value)) return `is ${show(value)}, which is not a number`
      if (value < h.low || value > h.high) return `is ${value}, outside its range ${h.low} … ${h.high}`
      if (h.type === 'int' && !Number.isInteger(value)) return `is ${value}, which is not an integer`
      const nearest = snapNumber(h, value)
      return nearest === value ? undefined : `is ${value}, off its steps; ${nearest} is the nearest`
    }
    case 'choice':
      if (h.values.some((v) => v === value)) return undefined
      return `is ${show(value)}, which is not one of ${h.values.map(show).join(', ')}`
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `is ${show(value)}, which is neither true nor false`
    case 'fixed':
      return value === h.value ? undefined : `is ${show(value)}, but is fixed at ${show(h.value)}`
  }
}

const show = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))

function invalid(param: string, value: unknown, message: string): RondoError {
  const json = typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
  return new RondoError('RONDO_PARAMS_INVALID', {
    message,
    ...(json === undefined ? {} : { value: json as Json }),
    place: { param },
  })
}
