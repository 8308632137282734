import { asRondoError, RondoError } from '../errors/rondo-error.ts'
import { recordMaker } from './ask-plugin.ts'
import { type Container, createContainer } from './container.ts'
import { describePlugin, type PluginDescription } from './describe-plugin.ts'
import { partsOf } from './injection.ts'
import { Lifecycles, throwCollected } from './lifecycles.ts'
import { cycle, type Entry, missingProvider, type Plan, planOf } from './plan.ts'
import type { Plugin, Scope } from './plugin.ts'
import { rankOf, SCOPES } from './scopes.ts'
import type { Injection, Token } from './token.ts'

/** Plugins put together, at one scope. Instances are made when they are first asked for, one for each scope. */
export interface Composition {
  /** The narrowest scope whose instances it keeps. */
  readonly scope: Scope
  /**
   * The instance behind a token; for a multi token all of them in the order of composition, none being an empty array.
   *
   * @throws RONDO_PLUGIN_MISSING; RONDO_PLUGIN_SCOPE for what lives shorter than this composition; RONDO_PLUGIN_FAILED
   */
  resolve<T>(token: Token<T>): T
  /** Whether some plugin provides the token. */
  has(token: Token<unknown>): boolean
  /** A composition for a narrower scope, with instances of its own for that scope and this one's for the wider. */
  enter(scope: Scope): Composition
  /**
   * Starts what has been made so far (through injected factories, too) and not been started: what is injected before
   * what injects it, wider scopes first. @throws RONDO_PLUGIN_FAILED, or the signal's reason once it is aborted
   */
  start(signal?: AbortSignal): Promise<void>
  /**
   * Disposes of what was made here and in compositions entered from here, in reverse order, each once, all of them
   * even if one throws. A second call does nothing more. @throws RONDO_PLUGIN_FAILED afterwards
   */
  dispose(): Promise<void>
  /** The plugins as data, in the order of composition. */
  describe(): readonly PluginDescription[]
}

/**
 * Puts plugins together. Everything that can be wrong with them is found here, before any is made.
 *
 * @param scope The narrowest scope whose instances the composition keeps; it keeps those of all wider ones, too.
 * @throws RONDO_PLUGIN_INVALID, RONDO_PLUGIN_CONFLICT, RONDO_PLUGIN_MISSING, RONDO_PLUGIN_VERSION, RONDO_PLUGIN_SCOPE,
 * RONDO_PLUGIN_CYCLE, RONDO_OPTION_INVALID, RONDO_OPTION_UNKNOWN
 */
export function compose(plugins: readonly Plugin[], scope: Scope = 'study'): Composition {
  const plan = planOf(plugins)
  const description = plan.entries.map(({ plugin }) => describePlugin(plugin))
  return new ScopedComposition({ plan, description }, createContainer(), { from: 'process', to: scope })
}

interface Shared {
  readonly plan: Plan
  readonly description: readonly PluginDescription[]
}

/** The scopes whose instances a composition keeps itself, widest and narrowest. */
interface ScopeRange {
  readonly from: Scope
  readonly to: Scope
}

class ScopedComposition implements Composition {
  readonly scope: Scope
  readonly #shared: Shared
  readonly #container: Container
  readonly #parent: ScopedComposition | undefined
  readonly #instances = new Map<Entry, unknown>()
  /** Those whose `create` is running, outermost first. */
  readonly #inCreation: Entry[] = []
  readonly #lifecycles = new Lifecycles()
  /** Only those that have something to dispose of: a fold's callbacks must not pile up in the study. */
  readonly #children = new Set<ScopedComposition>()
  #madeByFactory = false
  #disposal: Promise<void> | undefined

  constructor(shared: Shared, container: Container, range: ScopeRange, parent?: ScopedComposition) {
    this.scope = range.to
    this.#shared = shared
    this.#container = container
    this.#parent = parent
    for (const entry of shared.plan.entries) {
      const rank = rankOf(entry.plugin.scope)
      if (rankOf(range.from) <= rank && rank <= rankOf(range.to)) {
        container.provide(entry.key, () => this.#instanceOf(entry))
      }
    }
  }

  resolve<T>(token: Token<T>): T {
    if (this.#disposal !== undefined) {
      throw new RondoError('RONDO_INTERNAL', {
        message: `“${token.name}” was asked of a composition that has been disposed of.`,
        value: token.name,
      })
    }
    const providers = this.#shared.plan.providersOf(token)
    const narrower = providers.find(({ plugin }) => rankOf(plugin.scope) > rankOf(this.scope))
    if (narrower !== undefined) {
      throw new RondoError('RONDO_PLUGIN_SCOPE', {
        message: `Plugin “${narrower.plugin.name}” lives for a ${narrower.plugin.scope}; there is only a ${this.scope} here.`,
        value: token.name,
        place: { plugin: narrower.plugin.name },
        remedy: `Enter the scope ${narrower.plugin.scope} first.`,
      })
    }
    const instances = providers.map(({ key }) => this.#container.get(key))
    if (token.multi) return instances as T
    if (instances.length === 0) throw missingProvider(token)
    return instances[0] as T
  }

  has(token: Token<unknown>): boolean {
    return this.#shared.plan.providersOf(token).length > 0
  }

  enter(scope: Scope): Composition {
    if (rankOf(scope) > rankOf(this.scope)) return this.#child(scope)
    throw new RondoError('RONDO_PLUGIN_SCOPE', {
      message: `A ${scope} cannot be entered from a ${this.scope}.`,
      value: scope,
      remedy: `Enter a narrower scope; the order is ${SCOPES.join(', ')}.`,
    })
  }

  async start(signal: AbortSignal = new AbortController().signal): Promise<void> {
    await this.#parent?.start(signal)
    await this.#startOwn(signal)
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#disposeAll()
    return this.#disposal
  }

  describe(): readonly PluginDescription[] {
    return this.#shared.description
  }

  /** What was entered is started by those who entered it; what a factory made has nobody else. */
  async #startOwn(signal: AbortSignal): Promise<void> {
    await this.#lifecycles.start(signal)
    for (const child of this.#children) if (child.#madeByFactory) await child.#startOwn(signal)
  }

  async #disposeAll(): Promise<void> {
    if (this.#parent !== undefined) this.#parent.#children.delete(this)
    const errors: RondoError[] = []
    for (const child of [...this.#children].reverse()) {
      await child.dispose().catch((error: unknown) => errors.push(asRondoError(error, 'RONDO_PLUGIN_FAILED')))
    }
    await this.#lifecycles.dispose(errors)
    this.#instances.clear()
    throwCollected(errors)
  }

  #instanceOf(entry: Entry): unknown {
    if (this.#instances.has(entry)) return this.#instances.get(entry)
    const { plugin } = entry
    // What plan found to be free of circles can still go in one, through a factory called within `create`.
    const start = this.#inCreation.indexOf(entry)
    if (start >= 0) throw cycle([...this.#inCreation.slice(start), entry].map((e) => e.plugin))
    this.#inCreation.push(entry)
    try {
      const instance = this.#create(plugin)
      recordMaker(instance, plugin.name)
      this.#instances.set(entry, instance)
      if (this.#lifecycles.add(plugin.name, instance)) this.#beKept()
      return instance
    } finally {
      this.#inCreation.pop()
    }
  }

  #create(plugin: Plugin): unknown {
    let instance: unknown
    try {
      const create = plugin.create as (...injected: unknown[]) => unknown
      instance = create(...plugin.inject.map((injection) => this.#inject(injection)))
    } catch (error) {
      throw asRondoError(error, 'RONDO_PLUGIN_FAILED', { plugin: plugin.name })
    }
    if (instance !== undefined && instance !== null && !(instance instanceof Promise)) return instance
    throw new RondoError('RONDO_PLUGIN_INVALID', {
      message: `Plugin “${plugin.name}” created ${instance instanceof Promise ? 'a promise' : 'nothing'}.`,
      value: plugin.name,
      place: { plugin: plugin.name },
      remedy: 'Let create return the instance at once; what takes time belongs into start.',
    })
  }

  #inject(injection: Injection): unknown {
    const { kind, token } = partsOf(injection)
    if (kind === 'factory') return () => this.#make(token)
    if (kind === 'optional' && !token.multi && !this.has(token)) return undefined
    return this.resolve(token)
  }

  #make(token: Token<unknown>): unknown {
    const scopes = this.#shared.plan.providersOf(token).map(({ plugin }) => plugin.scope)
    const narrowest = scopes.toSorted((a, b) => rankOf(b) - rankOf(a))[0]
    if (narrowest === undefined) return this.resolve(token)
    const child = this.#child(narrowest)
    child.#madeByFactory = true
    return child.resolve(token)
  }

  #child(scope: Scope): ScopedComposition {
    const next = SCOPES[Math.min(rankOf(scope), rankOf(this.scope) + 1)]!
    return new ScopedComposition(this.#shared, this.#container.child(), { from: next, to: scope }, this)
  }

  #beKept(): void {
    if (this.#parent === undefined) return
    this.#parent.#children.add(this)
    this.#parent.#beKept()
  }
}
