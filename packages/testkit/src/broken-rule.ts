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

/** Whether a value survives being written as JSON and read again; fields that are `undefined` may be lost. */
export function isJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'object':
      if (value === null) return true
      if (Array.isArray(value)) return value.every((item) => item !== undefined && isJson(item))
      return isPlainObject(value) && Object.values(value).every(isJson)
    default:
      return false
  }
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
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
