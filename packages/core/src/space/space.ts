import type { JsonObject } from '../json.ts'
import type { Rng } from '../random/rng.ts'
import type { Constraint, Hyperparameter, Params, SpaceDefinition } from './hyperparameter.ts'

/** The typed description of every hyperparameter, checked, with what every search strategy needs of it. */
export interface Space {
  readonly definition: SpaceDefinition
  readonly constraints: readonly Constraint[]
  /** Names with each one after those that its condition refers to; otherwise in the order of the definition. */
  readonly names: readonly string[]
  get(name: string): Hyperparameter
  /** Whether the condition of `name` holds, given the values of those before it in {@link Space.names}. */
  isActive(name: string, params: Params): boolean
  /** Whether all constraints hold. */
  satisfies(params: Params): boolean
  /** Params drawn uniformly (in each one's scale) among those that satisfy conditions and constraints. @throws RONDO_SPACE_INFEASIBLE */
  sample(rng: Rng): Params
  /** The untuned default: each one's default. Where constraints exclude it, `undefined`. */
  defaults(): Params | undefined
  /** Every value of a finite hyperparameter in ascending or given order; `undefined` for a float without step whose bounds differ. */
  valuesOf(name: string): Values | undefined
  /** The number of configurations, conditions counted and constraints not; Infinity where one is continuous. */
  readonly size: number
  /** Brings a value onto its grid and into its range: rounding to the step, in the parameter's scale. */
  snap(name: string, value: number): number
  /** @throws RONDO_PARAMS_INVALID naming the param: outside its range, off its grid, missing, inactive or unknown. */
  validate(params: Params): void
  /** A text that two params share exactly when they are the same configuration. */
  keyOf(params: Params): string
  /** The inverse of `spaceFromJson`. */
  toJSON(): JsonObject
}

/** The values of a finite hyperparameter, computed by index so that a range of 10¹² costs nothing. */
export interface Values {
  readonly length: number
  at(index: number): Params[string]
}
