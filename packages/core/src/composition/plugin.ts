import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { InjectedAll, Injection, Token } from './token.ts'

/**
 * How long an instance lives: as long as the process, one study, one trial, or one fold of a trial. One instance is
 * kept for each.
 */
export type Scope = 'process' | 'study' | 'trial' | 'fold'

/** What an instance may have besides its contract. */
export interface Lifecycle {
  /** Called once, after those that it injects have started. */
  start?(signal: AbortSignal): void | Promise<void>
  /** Called once, before those that it injects are disposed of. */
  dispose?(): void | Promise<void>
}

type Provided<T> = T extends readonly (infer U)[] ? U : T

/** A plugin as its author writes it. */
export interface PluginDefinition<T, I extends readonly Injection[], O> {
  /** How it is named in messages, in the fingerprint and by `rondo plugins`; unique in its kind. */
  readonly name: string
  readonly version?: string
  readonly provides: Token<T>
  readonly scope: Scope
  /** JSON; part of the study's fingerprint. */
  readonly options?: O
  /** Checks the options at composition: any Standard Schema, a zod one for example. */
  readonly schema?: StandardSchemaV1<unknown, unknown>
  readonly inject?: I
  /** The hyperparameters that it reads, beyond those its contract lists itself. */
  readonly hyperparameters?: readonly string[]
  /** Synchronous; what takes time belongs into `start`. */
  readonly create: (...injected: InjectedAll<I>) => Provided<T> & Lifecycle
}

/** A plugin whose types have been checked by {@link definePlugin}; what a config and `compose` take. */
export interface Plugin<T = unknown> {
  readonly name: string
  readonly version?: string
  readonly provides: Token<T>
  readonly scope: Scope
  readonly options?: unknown
  readonly schema?: StandardSchemaV1<unknown, unknown>
  readonly inject: readonly Injection[]
  readonly hyperparameters: readonly string[]
  readonly create: (...injected: never[]) => unknown
}

/**
 * Defines a plugin. `inject` gives `create` its argument types.
 *
 * ```ts
 * export const random = () => definePlugin({
 *   name: 'random', provides: SEARCH_STRATEGY, scope: 'study', inject: [LOGGER],
 *   create: (logger) => new RandomStrategy(logger),
 * })
 * ```
 */
export function definePlugin<T, const I extends readonly Injection[] = readonly [], O = undefined>(
  definition: PluginDefinition<T, I, O>,
): Plugin<T> {
  return {
    ...definition,
    inject: definition.inject ?? [],
    hyperparameters: definition.hyperparameters ?? [],
    create: definition.create as (...injected: never[]) => unknown,
  }
}
