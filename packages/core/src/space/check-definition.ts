import type { ErrorCode } from '../errors/catalogue.ts'
import { didYouMean } from '../errors/nearest-name.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { Json } from '../json.ts'
import { conditionsOf, isRange } from './conditions.ts'
import { namesIn } from './constraints.ts'
import type {
  Constraint,
  FloatParameter,
  Hyperparameter,
  IntParameter,
  SpaceDefinition,
  When,
} from './hyperparameter.ts'
import { snapNumber } from './number-grid.ts'
import { firstAtLeast, valuesOfParameter } from './values.ts'

/** @throws RONDO_SPACE_RANGE, RONDO_SPACE_INVALID where a hyperparameter by itself makes no sense. */
export function checkParameter(name: string, h: Hyperparameter): void {
  if (h.type === 'int' || h.type === 'float') checkRange(name, h)
  if (h.type === 'choice') {
    const twice = h.values.find((value, i) => h.values.indexOf(value) !== i)
    if (twice !== undefined) {
      throw wrong('RONDO_SPACE_INVALID', name, 'values', `has the value ${show(twice)} twice`, twice)
    }
    if (h.default !== undefined && !h.values.includes(h.default)) {
      const hint = didYouMean(String(h.default), h.values.map(String))
      throw wrong(
        'RONDO_SPACE_INVALID',
        name,
        'default',
        `has a default ${show(h.default)} that is not one of its values`,
        h.default,
        hint,
      )
    }
  }
}

function checkRange(name: string, h: IntParameter | FloatParameter): void {
  const { type, low, high, step } = h
  const range = (field: string, what: string, value: Json): RondoError =>
    wrong('RONDO_SPACE_RANGE', name, field, what, value)
  if (type === 'int') {
    for (const field of ['low', 'high', 'step', 'default'] as const) {
      const value = h[field]
      if (value !== undefined && !Number.isSafeInteger(value)) {
        throw range(field, `is an int, but its ${field} is ${value}`, value)
      }
    }
  }
  if (low > high) throw range('low', `has a low bound ${low} above its high bound ${high}`, low)
  if (!Number.isFinite(high - low)) throw range('high', `has a range too wide for a number`, high)
  if (h.log && low <= 0) throw range('low', `has a log scale, but its low bound is ${low}`, low)
  if (step !== undefined) {
    if (step <= 0) throw range('step', `has a step of ${step}; it must be above 0`, step)
    if (step < 1e-13 * Math.max(Math.abs(low), Math.abs(high))) {
      throw range('step', `has a step of ${step}, which is lost in the rounding of its values`, step)
    }
  }
  if (h.default !== undefined && (h.default < low || h.default > high)) {
    throw range('default', `has a default ${h.default} outside its range ${low} … ${high}`, h.default)
  }
  if (h.default !== undefined && snapNumber(h, h.default) !== h.default) {
    throw range(
      'default',
      `has a default ${h.default} off its steps; ${snapNumber(h, h.default)} is the nearest`,
      h.default,
    )
  }
}

/** @throws RONDO_SPACE_CONDITION where a condition can't be decided or can never hold. */
export function checkCondition(name: string, definition: SpaceDefinition): void {
  for (const [parent, allowed] of Object.entries(definition[name]?.when ?? {})) {
    const bad = (what: string, value: Json, hint = ''): RondoError =>
      wrong('RONDO_SPACE_CONDITION', name, `when.${parent}`, what, value, hint)
    if (!Object.hasOwn(definition, parent)) {
      const others = Object.keys(definition).filter((other) => other !== name)
      throw bad(`depends on “${parent}”, which is not in the space`, parent, didYouMean(parent, others))
    }
    const h = definition[parent]!
    if (isRange(allowed)) {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = allowed
      if (!possible(h, { [parent]: allowed })) {
        throw bad(`depends on ${min} ≤ “${parent}” ≤ ${max}, which no value of it satisfies`, { ...allowed })
      }
      continue
    }
    for (const value of Array.isArray(allowed) ? allowed : [allowed]) {
      if (possible(h, { [parent]: value })) continue
      const values = h.type === 'choice' ? h.values.map(String) : []
      throw bad(
        `depends on “${parent}” being ${show(value)}, which it never is`,
        value,
        didYouMean(String(value), values),
      )
    }
  }
}

/** Whether some value of the parent lets the condition hold. */
function possible(parent: Hyperparameter, when: When): boolean {
  const condition = conditionsOf(when)[0]!
  if (parent.type !== 'int' && parent.type !== 'float') {
    const values = valuesOfParameter(parent)
    return (
      values !== undefined &&
      Array.from({ length: values.length }, (_, i) => values.at(i)).some(condition.accepts)
    )
  }
  const values = valuesOfParameter(parent)
  return condition.ranges.some(([min, max]) => {
    if (values === undefined) return Math.max(min, parent.low) <= Math.min(max, parent.high)
    const first = firstAtLeast(values, min)
    return first < values.length && condition.accepts(values.at(first))
  })
}

/** @throws RONDO_SPACE_INVALID where a constraint names what is not in the space or is not a number. */
export function checkConstraint({ atMost }: Constraint, index: number, definition: SpaceDefinition): void {
  for (const side of [0, 1] as const) {
    for (const [name, path] of namesIn(atMost[side])) {
      const field = `constraints[${index}].atMost[${side}]${path}`
      const fail = (message: string): RondoError =>
        new RondoError('RONDO_SPACE_INVALID', { message, value: name, place: { field } })
      if (!Object.hasOwn(definition, name)) {
        throw fail(
          `A constraint names “${name}”, which is not in the space.${didYouMean(name, Object.keys(definition))}`,
        )
      }
      if (!isNumeric(definition[name]!))
        throw fail(`A constraint names “${name}”, whose values are not numbers.`)
    }
  }
}

/** Whether all values of a hyperparameter are numbers. */
function isNumeric(h: Hyperparameter): boolean {
  if (h.type === 'choice') return h.values.every((value) => typeof value === 'number')
  return h.type === 'int' || h.type === 'float' || (h.type === 'fixed' && typeof h.value === 'number')
}

function wrong(
  code: ErrorCode,
  name: string,
  field: string,
  what: string,
  value: Json,
  hint = '',
): RondoError {
  return new RondoError(code, {
    message: `“${name}” ${what}.${hint}`,
    value,
    place: { param: name, field: `${name}.${field}` },
  })
}

const show = (value: Json): string => JSON.stringify(value)
