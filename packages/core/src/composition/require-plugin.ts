import { RondoError } from '../errors/rondo-error.ts'
import { isToken, partsOf } from './injection.ts'
import type { Plugin } from './plugin.ts'
import { SCOPES } from './scopes.ts'
import type { Injection } from './token.ts'

/**
 * Makes sure that a value is a plugin.
 *
 * @param field Where it stands: `search`, `callbacks[1]`.
 * @throws RONDO_PLUGIN_INVALID
 */
export function requirePlugin(value: unknown, field: string): asserts value is Plugin {
  if (typeof value === 'function') {
    const name = value.name || 'the function'
    throw new RondoError('RONDO_PLUGIN_INVALID', {
      message: `${field} is the function ${name} itself, not the plugin that it makes.`,
      value: name,
      place: { field },
      remedy: `Call it: ${field}: ${name}().`,
    })
  }
  const fault = faultOf(value)
  if (fault === undefined) return
  const name = nameOf(value)
  throw new RondoError('RONDO_PLUGIN_INVALID', {
    message: `${field} is no plugin: ${fault}.`,
    ...(name === undefined ? {} : { value: name }),
    place: { field, ...(name === undefined ? {} : { plugin: name }) },
    remedy: 'Give what a plugin’s factory returns, random() for example, or make one with definePlugin.',
  })
}

function faultOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return `it is ${JSON.stringify(value) ?? String(value)}`
  if (value instanceof Promise) return 'it is a promise; factories return plugins at once'
  const { name, provides, scope, create, inject, hyperparameters } = value as Partial<Plugin>
  if (typeof name !== 'string' || name === '') return 'it has no name'
  if (!isToken(provides)) return 'what it provides is no token'
  if (scope === undefined || !SCOPES.includes(scope)) {
    return `its scope is ${JSON.stringify(scope)}, not one of ${SCOPES.join(', ')}`
  }
  if (typeof create !== 'function') return 'it has no create function'
  if (!Array.isArray(inject)) return 'its inject is no list'
  const wrong = inject.findIndex((injection: unknown) => !isInjection(injection))
  if (wrong >= 0) return `inject[${wrong}] is no token, optional(token) or factory(token)`
  if (!Array.isArray(hyperparameters)) return 'its hyperparameters are no list'
  return undefined
}

function isInjection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && isToken(partsOf(value as Injection).token)
}

function nameOf(value: unknown): string | undefined {
  const name = (value as { readonly name?: unknown } | null | undefined)?.name
  return typeof name === 'string' ? name : undefined
}
