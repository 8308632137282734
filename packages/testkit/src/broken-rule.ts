import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'fast-check'

/** An error that names a rule of a contract and what was found instead. */
export function brokenRule(rule: string, found: string): Error {
  const error = new Error(`${rule}: ${found}`)
  error.name = 'BrokenRule'
  return error
}

/** @throws when `holds` is false, with the rule and what was found. */
export function mustHold(holds: boolean, rule: string, found: () => string): asserts holds {
  if (!holds) throw brokenRule(rule, found())
}

/** A value as a person reads it, NaN, −0 and typed arrays included; shortened. */
export function show(value: unknown): string {
  const text = stringify(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** Whether two values are the same all the way down; NaN equals NaN. */
export const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b)

/** Whether a value survives being written as JSON and read again. */
export function isJson(value: unknown): boolean {
  if (value === undefined) return true
  const text = JSON.stringify(value)
  return text !== undefined && same(JSON.parse(text), value)
}

/** Runs something that may throw, and turns what it throws into a broken rule. */
export async function mustNotThrow<T>(rule: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && error.name === 'BrokenRule') throw error
    throw brokenRule(rule, `it threw ${error instanceof Error ? `“${error.message}”` : show(error)}`)
  }
}
