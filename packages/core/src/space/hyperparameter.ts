/** A value that a hyperparameter can take. */
export type ParamValue = number | string | boolean

/** The values of one trial by hyperparameter name. Inactive conditional ones are absent. */
export type Params = { readonly [name: string]: ParamValue }

/** When a conditional hyperparameter is active: every named one must have one of the values, or lie in the range. */
export type When = {
  readonly [name: string]:
    | ParamValue
    | readonly ParamValue[]
    | { readonly min?: number; readonly max?: number }
}

interface Conditional {
  readonly when?: When
}

/** An integer in low … high, both included. */
export interface IntParameter extends Conditional {
  readonly type: 'int'
  readonly low: number
  readonly high: number
  /** Even steps in the logarithm. */
  readonly log?: boolean
  /** Only low, low + step, low + 2·step, … */
  readonly step?: number
  /** The value of the untuned default trial; the middle of the range (in its scale) where absent. */
  readonly default?: number
}

/** A real number in low … high, both included. */
export interface FloatParameter extends Conditional {
  readonly type: 'float'
  readonly low: number
  readonly high: number
  readonly log?: boolean
  readonly step?: number
  readonly default?: number
}

/** One of a list of values. */
export interface ChoiceParameter<T extends ParamValue = ParamValue> extends Conditional {
  readonly type: 'choice'
  readonly values: readonly T[]
  /** The first value where absent. */
  readonly default?: T
}

/** True or false. */
export interface BooleanParameter extends Conditional {
  readonly type: 'boolean'
  readonly default?: boolean
}

/** One value for every trial. */
export interface FixedParameter<T extends ParamValue = ParamValue> extends Conditional {
  readonly type: 'fixed'
  readonly value: T
}

/** The description of one hyperparameter. It is JSON. */
export type Hyperparameter =
  | IntParameter
  | FloatParameter
  | ChoiceParameter
  | BooleanParameter
  | FixedParameter

/** Hyperparameters by name. */
export type SpaceDefinition = { readonly [name: string]: Hyperparameter }

/** The type of one value of a hyperparameter. */
export type ValueOf<H> =
  H extends ChoiceParameter<infer T>
    ? T
    : H extends FixedParameter<infer T>
      ? T
      : H extends { readonly type: 'int' | 'float' }
        ? number
        : H extends { readonly type: 'boolean' }
          ? boolean
          : never

type ConditionalNames<D> = { [K in keyof D]: D[K] extends { readonly when: When } ? K : never }[keyof D]

/** The type of the params of a space; conditional hyperparameters are optional. */
export type ParamsOf<D extends SpaceDefinition> = {
  readonly [K in Exclude<keyof D, ConditionalNames<D>>]: ValueOf<D[K]>
} & { readonly [K in ConditionalNames<D>]?: ValueOf<D[K]> }

/** A number, the value of a hyperparameter by name, or an arithmetic of such. It is JSON. */
export type Term = number | string | { readonly sum: readonly Term[] } | { readonly product: readonly Term[] }

/** The inequality left ≤ right. It holds where a hyperparameter that it names is inactive. It is JSON. */
export interface Constraint {
  readonly atMost: readonly [left: Term, right: Term]
}
