import type { Injection, Token } from './token.ts'

/** What an injection asks for, taken apart. */
export interface InjectionParts {
  readonly kind: 'plain' | 'optional' | 'factory'
  readonly token: Token<unknown>
}

/** Takes an injection apart. */
export function partsOf(injection: Injection): InjectionParts {
  if ('factory' in injection) return { kind: 'factory', token: injection.factory }
  if ('optional' in injection) return { kind: 'optional', token: injection.optional }
  return { kind: 'plain', token: injection }
}

/** Whether a value is a token. */
export function isToken(value: unknown): value is Token<unknown> {
  const token = value as Partial<Token<unknown>> | null | undefined
  return (
    typeof token === 'object' &&
    token !== null &&
    typeof token.key === 'symbol' &&
    typeof token.name === 'string' &&
    typeof token.version === 'number'
  )
}
