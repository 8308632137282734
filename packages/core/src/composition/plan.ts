import { RondoError } from '../errors/rondo-error.ts'
import { checkOptions } from './check-options.ts'
import { CORE_CONTRACTS } from './core-contracts.ts'
import { type InjectionParts, partsOf } from './injection.ts'
import type { Plugin } from './plugin.ts'
import { requirePlugin } from './require-plugin.ts'
import { rankOf } from './scopes.ts'
import type { Token } from './token.ts'

/** A plugin in its place in a composition. */
export interface Entry {
  readonly plugin: Plugin
  /** Its own key in the container. */
  readonly key: symbol
}

/** Plugins that fit together. */
export interface Plan {
  readonly entries: readonly Entry[]
  /** In the order of composition; empty where nothing provides the token. */
  providersOf(token: Token<unknown>): readonly Entry[]
}

/** Checks that plugins fit together. @throws every error of composition, naming both plugins where two are at odds. */
export function planOf(plugins: readonly Plugin[]): Plan {
  for (const [i, plugin] of plugins.entries()) requirePlugin(plugin, `plugins[${i}]`)
  checkVersions(plugins)
  const byToken = new Map<symbol, Entry[]>()
  const entries = plugins.map((plugin) => ({ plugin, key: Symbol(plugin.name) }))
  for (const entry of entries) {
    const { provides } = entry.plugin
    const earlier = byToken.get(provides.key) ?? []
    checkConflict(entry.plugin, earlier)
    byToken.set(provides.key, [...earlier, entry])
  }
  const plan: Plan = { entries, providersOf: (token) => byToken.get(token.key) ?? [] }
  for (const { plugin } of entries) {
    checkOptions(plugin)
    for (const injection of plugin.inject) checkInjection(plugin, partsOf(injection), plan)
  }
  checkCycles(plan)
  return plan
}

/** Nothing provides the token. */
export function missingProvider(token: Token<unknown>, wanted?: Plugin): RondoError {
  const by = wanted === undefined ? '' : `, which plugin “${wanted.name}” needs`
  return new RondoError('RONDO_PLUGIN_MISSING', {
    message: `Nothing provides “${token.name}”${by}.`,
    value: token.name,
    ...(wanted === undefined ? {} : { place: { plugin: wanted.name } }),
    remedy: `Add a plugin that provides “${token.name}”.`,
  })
}

function checkConflict(plugin: Plugin, earlier: readonly Entry[]): void {
  const { name, provides } = plugin
  const rival = provides.multi ? earlier.find((e) => e.plugin.name === name) : earlier[0]
  if (rival === undefined) return
  const both =
    rival.plugin.name === name
      ? `“${name}” is there twice`
      : `“${rival.plugin.name}” and “${name}” are both there`
  throw new RondoError('RONDO_PLUGIN_CONFLICT', {
    message: `Plugins ${both} and provide “${provides.name}”, which only one may.`,
    value: [rival.plugin.name, name],
    place: { plugin: name },
  })
}

/** One contract has one version in a composition, and that of core where it is core's. */
function checkVersions(plugins: readonly Plugin[]): void {
  const known = new Map(CORE_CONTRACTS.map((token) => [token.name, { token, by: '@rondo/core' }]))
  for (const plugin of plugins) {
    for (const token of [plugin.provides, ...plugin.inject.map((i) => partsOf(i).token)]) {
      const first = known.get(token.name)
      if (first === undefined) {
        known.set(token.name, { token, by: plugin.name })
        continue
      }
      const at = { value: token.version, place: { plugin: plugin.name } }
      if (first.token.version !== token.version) {
        throw new RondoError('RONDO_PLUGIN_VERSION', {
          message:
            `Plugin “${plugin.name}” is for version ${token.version} of contract “${token.name}”, ` +
            `“${first.by}” for version ${first.token.version}.`,
          ...at,
          remedy: `Install versions of “${plugin.name}” and “${first.by}” that belong together.`,
        })
      }
      if (first.token.multi !== token.multi || first.token.key !== token.key) {
        throw new RondoError('RONDO_PLUGIN_INVALID', {
          message: `Plugins “${plugin.name}” and “${first.by}” mean different contracts by “${token.name}”.`,
          ...at,
          remedy: 'Import the token from one place.',
        })
      }
    }
  }
}

function checkInjection(plugin: Plugin, { kind, token }: InjectionParts, plan: Plan): void {
  const providers = plan.providersOf(token)
  if (providers.length === 0) {
    if (token.multi || kind === 'optional') return
    throw missingProvider(token, plugin)
  }
  const own = rankOf(plugin.scope)
  if (kind === 'factory') {
    const widest = providers.find((p) => rankOf(p.plugin.scope) < own)
    if (widest === undefined || providers.some((p) => rankOf(p.plugin.scope) >= own)) return
    throw new RondoError('RONDO_PLUGIN_SCOPE', {
      message:
        `Plugin “${plugin.name}” (${plugin.scope}) injects a factory of “${token.name}”, but “${widest.plugin.name}” ` +
        `(${widest.plugin.scope}) outlives it and is not made anew.`,
      value: token.name,
      place: { plugin: plugin.name },
      remedy: 'Inject the token itself.',
    })
  }
  const narrower = providers.find((p) => rankOf(p.plugin.scope) > own)
  if (narrower === undefined) return
  throw new RondoError('RONDO_PLUGIN_SCOPE', {
    message:
      `Plugin “${plugin.name}” lives for a ${plugin.scope}, but injects “${token.name}” of plugin ` +
      `“${narrower.plugin.name}”, which lives for a ${narrower.plugin.scope} only.`,
    value: token.name,
    place: { plugin: plugin.name },
  })
}

function checkCycles(plan: Plan): void {
  const done = new Set<Entry>()
  const path: Entry[] = []
  const visit = (entry: Entry): void => {
    if (done.has(entry)) return
    const start = path.indexOf(entry)
    if (start >= 0) throw cycle([...path.slice(start), entry].map(({ plugin }) => plugin))
    path.push(entry)
    for (const injection of entry.plugin.inject) {
      const { kind, token } = partsOf(injection)
      if (kind !== 'factory') for (const provider of plan.providersOf(token)) visit(provider)
    }
    path.pop()
    done.add(entry)
  }
  for (const entry of plan.entries) visit(entry)
}

/** Plugins that need each other, the first one again at the end. */
export function cycle(circle: readonly Plugin[]): RondoError {
  const names = circle.map(({ name }) => name)
  return new RondoError('RONDO_PLUGIN_CYCLE', {
    message: `Plugins inject each other in a circle: ${names.map((name) => `“${name}”`).join(' → ')}.`,
    value: names,
    ...(names[0] === undefined ? {} : { place: { plugin: names[0] } }),
  })
}
