import type {
  BooleanParameter,
  ChoiceParameter,
  FixedParameter,
  FloatParameter,
  IntParameter,
  ParamValue,
  When,
} from './hyperparameter.ts'

type Options<H, Given extends keyof H> = Omit<H, 'type' | Given>

/** A parameter with its condition, where the options have one: its value is then optional in the params. */
type Conditioned<H, O> = O extends { readonly when: When } ? H & { readonly when: When } : H

/**
 * An integer in low … high, both included.
 *
 * ```ts
 * int(32, 512, { log: true, default: 64 })
 * int(0, 100, { step: 10 })
 * int(16, 128, { when: { layers: { min: 2 } } })
 * ```
 */
export function int<const O extends Options<IntParameter, 'low' | 'high'>>(
  low: number,
  high: number,
  options?: O,
): Conditioned<IntParameter, O> {
  return { type: 'int', low, high, ...options } as Conditioned<IntParameter, O>
}

/** A real number in low … high, both included: `float(1e-4, 1e-1, { log: true })`. */
export function float<const O extends Options<FloatParameter, 'low' | 'high'>>(
  low: number,
  high: number,
  options?: O,
): Conditioned<FloatParameter, O> {
  return { type: 'float', low, high, ...options } as Conditioned<FloatParameter, O>
}

/** One of a list of values: `choice(['adam', 'rmsprop'])`, `choice([16, 32, 64])`. */
export function choice<
  const T extends ParamValue,
  const O extends Options<ChoiceParameter<NoInfer<T>>, 'values'>,
>(values: readonly T[], options?: O): Conditioned<ChoiceParameter<T>, O> {
  return { type: 'choice', values, ...options } as Conditioned<ChoiceParameter<T>, O>
}

/** True or false. */
export function boolean<const O extends Options<BooleanParameter, never>>(
  options?: O,
): Conditioned<BooleanParameter, O> {
  return { type: 'boolean', ...options } as Conditioned<BooleanParameter, O>
}

/** One value for every trial. */
export function fixed<const T extends ParamValue, const O extends Options<FixedParameter, 'value'>>(
  value: T,
  options?: O,
): Conditioned<FixedParameter<T>, O> {
  return { type: 'fixed', value, ...options } as Conditioned<FixedParameter<T>, O>
}
