import { RondoError } from '@rondo/core'
import { TARGET_TRANSFORM } from '../options.ts'
import { type Scaler, signedExp, signedLog } from './scale.ts'

/** How a target is learned. */
export type TargetForm =
  | { readonly kind: 'level' }
  /** As its difference to the latest known row of the same phase of a season of `lag` rows (1: the last known row). */
  | { readonly kind: 'difference'; readonly lag: number }
  /** As its distance from the mean of its window, in standard deviations of the window. */
  | { readonly kind: 'window' }

/** @throws RONDO_PARAMS_INVALID */
export function targetForm(targetTransform: string): TargetForm {
  if (!TARGET_TRANSFORM.test(targetTransform)) {
    throw new RondoError('RONDO_PARAMS_INVALID', {
      message: `“${targetTransform}” is no transform of a target.`,
      value: targetTransform,
      place: { param: 'targetTransform' },
      remedy: 'Use level, difference, difference-<season in rows>, or window.',
    })
  }
  if (targetTransform === 'level' || targetTransform === 'window') return { kind: targetTransform }
  return { kind: 'difference', lag: Number(targetTransform.split('-')[1] ?? 1) }
}

/** Rows that the form looks back, besides the window; 0 where it needs none. */
export const lagOf = (form: TargetForm): number => (form.kind === 'difference' ? form.lag : 0)

/**
 * The row that step `step` (from 1) after `lastInput` is taken relative to: the latest row up to `lastInput` that is a
 * multiple of `lag` before it.
 */
export function baseRow(lastInput: number, step: number, lag: number): number {
  return lastInput + step - lag * Math.ceil(step / lag)
}

/** What a value is taken relative to: (g(value) − offset) / factor, g being the logarithm where the scaler has it. */
export interface Reference {
  readonly offset: number
  readonly factor: number
}

/** Of a level. */
export const ORIGIN: Reference = { offset: 0, factor: 1 }

/** The reference of a difference to the value `base`. */
export const differenceTo = (base: number, log: boolean): Reference => ({
  offset: log ? signedLog(base) : base,
  factor: 1,
})

/**
 * The mean and standard deviation of the values of the rows `from` … `to` − 1 (NaN left out). `floor` is added to the
 * spread in quadrature, so that a flat window does not blow up what follows it.
 */
export function windowReference(
  values: Float64Array,
  from: number,
  to: number,
  log: boolean,
  floor: number,
): Reference {
  let count = 0
  let mean = 0
  let squares = 0
  for (let row = from; row < to; row++) {
    const value = log ? signedLog(values[row]!) : values[row]!
    if (Number.isNaN(value)) continue
    // Welford's running moments: no cancellation where the mean is large.
    count++
    const distance = value - mean
    mean += distance / count
    squares += distance * (value - mean)
  }
  if (count === 0) return { offset: Number.NaN, factor: Number.NaN }
  return { offset: mean, factor: Math.hypot(Math.sqrt(squares / count), floor) }
}

/** The scaled number that a model learns. */
export function encodeTarget(value: number, reference: Reference, scaler: Scaler): number {
  return (relative(value, reference, scaler.log) - scaler.center) / scaler.spread
}

/** The value in the data's units that a model's output stands for. */
export function decodeTarget(output: number, { offset, factor }: Reference, scaler: Scaler): number {
  const plain = (output * scaler.spread + scaler.center) * factor + offset
  return scaler.log ? signedExp(plain) : plain
}

/** Before centering and scaling. */
export function relative(value: number, { offset, factor }: Reference, log: boolean): number {
  return ((log ? signedLog(value) : value) - offset) / factor
}
