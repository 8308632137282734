/**
 * A typed name under which plugins provide something and others inject it. Identity is by `Symbol.for`, so that two
 * copies of core agree; the contract's version is part of the name.
 */
export interface Token<T> {
  readonly key: symbol
  readonly name: string
  readonly version: number
  /** Whether several plugins may provide it; it is then injected as an array in the order of composition. */
  readonly multi: boolean
  /** Carries the type only. */
  readonly type?: T
}

/** A token for one instance. */
export function token<T>(name: string, version = 1): Token<T> {
  return { key: Symbol.for(`rondo:${name}@${version}`), name, version, multi: false }
}

/** A token that several plugins may provide; what is injected is the array of all of them. */
export function multiToken<T>(name: string, version = 1): Token<readonly T[]> {
  return { key: Symbol.for(`rondo:${name}@${version}`), name, version, multi: true }
}

/** Injects `undefined` (for a multi token: an empty array) where nothing provides the token. */
export interface OptionalInjection<T> {
  readonly optional: Token<T>
}

/** Injects a function that makes a new instance at each call; the only way to reach a narrower scope. */
export interface FactoryInjection<T> {
  readonly factory: Token<T>
}

export const optional = <T>(of: Token<T>): OptionalInjection<T> => ({ optional: of })
export const factory = <T>(of: Token<T>): FactoryInjection<T> => ({ factory: of })

/** What may stand in a plugin's `inject`. */
export type Injection = Token<unknown> | OptionalInjection<unknown> | FactoryInjection<unknown>

/** What `create` receives for one injection. */
export type Injected<I> =
  I extends OptionalInjection<infer T>
    ? T | undefined
    : I extends FactoryInjection<infer T>
      ? () => T
      : I extends Token<infer T>
        ? T
        : never

/** What `create` receives for a list of injections. */
export type InjectedAll<I extends readonly Injection[]> = { [K in keyof I]: Injected<I[K]> }
