import { RondoError } from '../errors/rondo-error.ts'
import type { Json } from '../json.ts'
import type { Plugin, Scope } from './plugin.ts'

/** A plugin as data: what `rondo plugins` lists and what a study's fingerprint has of it. */
export type PluginDescription = {
  readonly name: string
  readonly version?: string
  /** The name of what it provides. */
  readonly token: string
  readonly scope: Scope
  readonly options?: Json
}

/** @throws RONDO_OPTION_INVALID where an option cannot be written as JSON. */
export function describePlugin({ name, version, provides, scope, options }: Plugin): PluginDescription {
  return {
    name,
    ...(version === undefined ? {} : { version }),
    token: provides.name,
    scope,
    ...(options === undefined ? {} : { options: asJson(options, name, '') }),
  }
}

/** Unlike `JSON.stringify` it loses nothing silently: two different options never have the same description. */
function asJson(value: unknown, plugin: string, field: string): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'object': {
      if (value === null) return null
      if (Array.isArray(value)) return value.map((item, i) => asJson(item, plugin, `${field}[${i}]`))
      if ('toJSON' in value && typeof value.toJSON === 'function')
        return asJson(value.toJSON(), plugin, field)
      const prototype: unknown = Object.getPrototypeOf(value)
      if (prototype !== Object.prototype && prototype !== null) break
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== undefined)
          .map(([key, item]) => [key, asJson(item, plugin, field === '' ? key : `${field}.${key}`)]),
      )
    }
  }
  throw new RondoError('RONDO_OPTION_INVALID', {
    message: `Plugin “${plugin}” has an option ${field} that cannot be written as JSON.`,
    value: typeof value,
    place: { plugin, field },
    remedy: 'Options are part of the study’s log: give plain values.',
  })
}
