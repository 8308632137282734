import type { z } from 'zod'
import { didYouMean } from '../errors/nearest-name.ts'
import { type ErrorPlace, RondoError } from '../errors/rondo-error.ts'
import type { Json } from '../json.ts'
import type { Constraint, Hyperparameter, SpaceDefinition } from './hyperparameter.ts'
import { CONSTRAINT_SCHEMA, PARAMETER_SCHEMAS } from './schema.ts'

/** Hyperparameters as they come from JSON or from a config: a checked copy of them. @throws RONDO_SPACE_INVALID */
export function readDefinition(definition: unknown): SpaceDefinition {
  if (!isObject(definition))
    throw invalid('The space must be an object of hyperparameters by name.', definition)
  return Object.fromEntries(
    Object.entries(definition).map(([name, h]) => {
      checkName(name)
      return [name, readParameter(name, h)]
    }),
  )
}

/** Constraints as they come from JSON or from a config: a checked copy of them. @throws RONDO_SPACE_INVALID */
export function readConstraints(constraints: unknown): readonly Constraint[] {
  if (!Array.isArray(constraints)) throw invalid('The constraints must be a list.', constraints)
  return constraints.map((constraint, i) => parse(CONSTRAINT_SCHEMA, constraint, `constraints[${i}]`))
}

function checkName(name: string): void {
  // Names of digits would change their place in an object, and some are no names of a property of one's own.
  if (/^[\p{L}_$][^\s]*$/u.test(name) && name !== '__proto__') return
  throw invalid(
    `“${name}” cannot name a hyperparameter; names begin with a letter and have no white space.`,
    name,
    { param: name },
  )
}

function readParameter(name: string, h: unknown): Hyperparameter {
  const place = { param: name, field: name }
  if (!isObject(h)) {
    const meant = Array.isArray(h) ? `choice(${JSON.stringify(h)})` : `fixed(${JSON.stringify(h)})`
    throw invalid(`“${name}” is no hyperparameter; ${meant} may be what is meant.`, h, place)
  }
  const type = h.type
  if (typeof type !== 'string' || !Object.hasOwn(PARAMETER_SCHEMAS, type)) {
    const types = Object.keys(PARAMETER_SCHEMAS)
    const hint = typeof type === 'string' ? didYouMean(type, types) : ''
    throw invalid(
      `“${name}” has no type that a hyperparameter can have; the types are ${types.join(', ')}.${hint}`,
      type,
      { param: name, field: `${name}.type` },
    )
  }
  return withoutUndefined(
    parse(PARAMETER_SCHEMAS[type as Hyperparameter['type']], h, name, name),
  ) as Hyperparameter
}

function parse<S extends z.ZodType>(schema: S, value: unknown, at: string, param?: string): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknown === undefined ? issue.path : [...issue.path, unknown]
  const field = path.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`),
    at,
  )
  const place = { ...(param === undefined ? {} : { param }), field }
  const shape = 'shape' in schema && isObject(schema.shape) ? Object.keys(schema.shape) : []
  const message =
    unknown === undefined
      ? `${field} is not valid: ${issue.message.replace(/^Invalid input: /, '')}.`
      : `There is no field ${field}.${didYouMean(unknown, shape)}`
  const offending = path.reduce<unknown>(
    (v, key) => (isObject(v) || Array.isArray(v) ? Reflect.get(v, key) : undefined),
    value,
  )
  throw invalid(message, offending, place)
}

/** An option given as `undefined` is one that is absent. */
function withoutUndefined<T>(value: T): T {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, withoutUndefined(v)]),
  ) as T
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function invalid(message: string, value: unknown, place: ErrorPlace = {}): RondoError {
  const json = typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value)
  return new RondoError('RONDO_SPACE_INVALID', {
    message,
    ...(json === undefined
      ? {}
      : {
          value:
            typeof value === 'number' ? (Number.isFinite(value) ? value : json) : (JSON.parse(json) as Json),
        }),
    place,
  })
}
