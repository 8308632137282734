import { RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import type { Rng } from '../random/rng.ts'
import { cellsOf } from './cells.ts'
import { checkCondition, checkConstraint, checkParameter } from './check-definition.ts'
import { type Condition, conditionsOf, topologicalOrder } from './conditions.ts'
import { holds } from './constraints.ts'
import type { Constraint, Hyperparameter, Params, ParamValue, SpaceDefinition } from './hyperparameter.ts'
import { middleOf, sampleNumber, snapNumber } from './number-grid.ts'
import { readConstraints, readDefinition } from './read-definition.ts'
import type { Space, Values } from './space.ts'
import { validateParams } from './validate-params.ts'
import { valuesOfParameter } from './values.ts'

/** Draws after which a space counts as infeasible: a share of 1 in 10,000 is missed with a probability of e⁻¹⁰. */
const MOST_DRAWS = 100_000

/** A space that knows the types of its hyperparameters: `ParamsOf<typeof space.definition>`. */
export interface SpaceOf<D extends SpaceDefinition> extends Space {
  readonly definition: D
}

/**
 * Checks hyperparameters and constraints and makes a space of them.
 *
 * ```ts
 * const space = defineSpace(
 *   { units: int(32, 512, { log: true }), layers: int(1, 3), cell: choice(['lstm', 'gru']) },
 *   [atMost(product('units', 'layers'), 1024)],
 * )
 * ```
 * @throws RONDO_SPACE_INVALID, RONDO_SPACE_RANGE, RONDO_SPACE_CONDITION naming the field.
 */
export function defineSpace<const D extends SpaceDefinition>(
  definition: D,
  constraints: readonly Constraint[] = [],
): SpaceOf<D> {
  const checked = readDefinition(definition)
  const inequalities = readConstraints(constraints)
  for (const [name, h] of Object.entries(checked)) checkParameter(name, h)
  for (const name of Object.keys(checked)) checkCondition(name, checked)
  for (const [i, constraint] of inequalities.entries()) checkConstraint(constraint, i, checked)
  return new DefinedSpace(checked, inequalities) as Space as SpaceOf<D>
}

class DefinedSpace implements Space {
  readonly definition: SpaceDefinition
  readonly constraints: readonly Constraint[]
  readonly names: readonly string[]
  readonly #conditions: ReadonlyMap<string, readonly Condition[]>
  readonly #values: ReadonlyMap<string, Values | undefined>
  #size: number | undefined

  constructor(definition: SpaceDefinition, constraints: readonly Constraint[]) {
    this.definition = definition
    this.constraints = constraints
    const entries = Object.entries(definition)
    this.#conditions = new Map(entries.map(([name, { when }]) => [name, conditionsOf(when)]))
    this.#values = new Map(entries.map(([name, h]) => [name, valuesOfParameter(h)]))
    this.names = topologicalOrder(
      entries.map(([name]) => name),
      (name) => this.#conditions.get(name)!.map(({ parent }) => parent),
      refuseCircle,
    )
  }

  get(name: string): Hyperparameter {
    if (!this.#conditions.has(name)) {
      throw new RondoError('RONDO_SPACE_INVALID', {
        message: `The space has no hyperparameter “${name}”.`,
        value: name,
        place: { param: name },
      })
    }
    return this.definition[name]!
  }

  isActive(name: string, params: Params): boolean {
    for (const { parent, accepts } of this.#conditions.get(name) ?? []) {
      const value = Object.hasOwn(params, parent) ? params[parent] : undefined
      if (value === undefined || !accepts(value) || !this.isActive(parent, params)) return false
    }
    return true
  }

  satisfies(params: Params): boolean {
    return this.constraints.every((constraint) => holds(constraint, params))
  }

  sample(rng: Rng): Params {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const params = this.#fill((h) => sampleOne(h, rng))
      if (this.satisfies(params)) return params
    }
    throw new RondoError('RONDO_SPACE_INFEASIBLE', {
      message: `None of ${MOST_DRAWS} params drawn from the space satisfies its constraints.`,
      value: JSON.stringify(this.constraints),
      place: { field: 'constraints' },
    })
  }

  defaults(): Params | undefined {
    const params = this.#fill(defaultOf)
    return this.satisfies(params) ? params : undefined
  }

  valuesOf(name: string): Values | undefined {
    this.get(name)
    return this.#values.get(name)
  }

  get size(): number {
    this.#size ??= this.names.every((name) => this.#values.get(name) !== undefined)
      ? Number(cellsOf(this, (name) => this.#values.get(name)!).length)
      : Number.POSITIVE_INFINITY
    return this.#size
  }

  snap(name: string, value: number): number {
    const h = this.get(name)
    const cannot = (what: string): RondoError =>
      new RondoError('RONDO_PARAMS_INVALID', {
        message: `“${name}” ${what}.`,
        value: String(value),
        place: { param: name },
      })
    if (Number.isNaN(value)) throw cannot('was given NaN')
    if (h.type === 'int' || h.type === 'float') return snapNumber(h, value)
    const numbers = (h.type === 'choice' ? h.values : h.type === 'fixed' ? [h.value] : []).filter(
      (v) => typeof v === 'number',
    )
    if (numbers.length === 0) throw cannot('has no numbers to which one could be brought')
    return numbers.reduce((best, v) => (Math.abs(v - value) < Math.abs(best - value) ? v : best))
  }

  validate(params: Params): void {
    validateParams(this, params)
  }

  keyOf(params: Params): string {
    return JSON.stringify(this.names.map((name) => (this.isActive(name, params) ? params[name] : null)))
  }

  toJSON(): JsonObject {
    return {
      hyperparameters: this.definition as unknown as JsonObject,
      constraints: this.constraints as unknown as readonly JsonObject[],
    }
  }

  #fill(choose: (h: Hyperparameter) => ParamValue): Params {
    const params: { [name: string]: ParamValue } = {}
    for (const name of this.names) {
      if (this.isActive(name, params)) params[name] = choose(this.definition[name]!)
    }
    return params
  }
}

function sampleOne(h: Hyperparameter, rng: Rng): ParamValue {
  switch (h.type) {
    case 'int':
    case 'float':
      return sampleNumber(h, rng)
    case 'choice':
      return h.values[rng.integer(0, h.values.length - 1)]!
    case 'boolean':
      return rng.integer(0, 1) === 1
    case 'fixed':
      return h.value
  }
}

function defaultOf(h: Hyperparameter): ParamValue {
  switch (h.type) {
    case 'int':
    case 'float':
      return h.default ?? middleOf(h)
    case 'choice':
      return h.default ?? h.values[0]!
    case 'boolean':
      return h.default ?? false
    case 'fixed':
      return h.value
  }
}

function refuseCircle(circle: readonly string[]): never {
  const name = circle[0]!
  throw new RondoError('RONDO_SPACE_CONDITION', {
    message:
      circle.length === 1
        ? `“${name}” depends on itself.`
        : `The conditions go in a circle: ${[...circle, name].map((n) => `“${n}”`).join(' → ')}.`,
    value: [...circle],
    place: { param: name, field: `${name}.when` },
  })
}
