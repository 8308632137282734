import type { StandardSchemaV1 } from '@standard-schema/spec'
import { didYouMean } from '../errors/nearest-name.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { Json } from '../json.ts'
import type { Plugin } from './plugin.ts'

/** What zod adds to an issue about keys that its object does not have. */
type KeyIssue = StandardSchemaV1.Issue & { readonly code?: unknown; readonly keys?: unknown }

/**
 * Checks a plugin's options by its schema; absent ones as `{}`.
 *
 * @throws RONDO_OPTION_UNKNOWN, RONDO_OPTION_INVALID naming the option; RONDO_PLUGIN_INVALID for an asynchronous schema.
 */
export function checkOptions({ name, options, schema }: Plugin): void {
  if (schema === undefined) return
  const given = options ?? {}
  const result = schema['~standard'].validate(given)
  if (result instanceof Promise) {
    throw new RondoError('RONDO_PLUGIN_INVALID', {
      message: `The schema of plugin “${name}” is asynchronous; options are checked at once.`,
      place: { plugin: name },
      remedy: 'Check what takes time in start.',
    })
  }
  const issue: KeyIssue | undefined = result.issues?.[0]
  if (issue === undefined) return
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
  const unknown = issue.code === 'unrecognized_keys' && Array.isArray(issue.keys) ? issue.keys[0] : undefined
  if (typeof unknown === 'string') {
    const field = fieldOf([...path, unknown])
    const known = path.length === 0 ? keysOf(schema) : []
    throw new RondoError('RONDO_OPTION_UNKNOWN', {
      message: `Plugin “${name}” has no option ${field}.${didYouMean(unknown, known)}`,
      value: unknown,
      place: { plugin: name, field },
      ...(known.length === 0 ? {} : { remedy: `Its options are ${known.join(', ')}.` }),
    })
  }
  const field = fieldOf(path)
  const value = jsonAt(given, path)
  throw new RondoError('RONDO_OPTION_INVALID', {
    message: `Plugin “${name}” refuses ${field === '' ? 'its options' : `its option ${field}`}: ${issue.message}.`,
    ...(value === undefined ? {} : { value }),
    place: { plugin: name, ...(field === '' ? {} : { field }) },
  })
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? String(key) : `${text}.${String(key)}`
  }, '')

/** The keys of a zod object; other schemas do not tell theirs. */
function keysOf(schema: StandardSchemaV1): readonly string[] {
  const { shape } = schema as { readonly shape?: unknown }
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
}

function jsonAt(root: unknown, path: readonly PropertyKey[]): Json | undefined {
  const value = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    root,
  )
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  const text = JSON.stringify(value)
  return text === undefined ? undefined : (JSON.parse(text) as Json)
}
