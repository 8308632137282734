import type { Scope } from './plugin.ts'

/** From the longest life to the shortest. */
export const SCOPES: readonly Scope[] = ['process', 'study', 'trial', 'fold']

/** The larger, the shorter the life. */
export const rankOf = (scope: Scope): number => SCOPES.indexOf(scope)
