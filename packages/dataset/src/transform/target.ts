import { RondoError } from '@rondo/core'
import { TARGET_TRANSFORM } from '../options.ts'
import { type Scaler, signedExp, signedLog } from './scale.ts'

/**
 * What is predicted of a target: its level (`lag` 0), or its difference to the latest known row of the same phase of
 * a season of `lag` rows (1: the last known row).
 */
export function lagOf(targetTransform: string): number {
  if (!TARGET_TRANSFORM.test(targetTransform)) {
    throw new RondoError('RONDO_PARAMS_INVALID', {
      message: `“${targetTransform}” is no transform of a target.`,
      value: targetTransform,
      place: { param: 'targetTransform' },
      remedy: 'Use level, difference, or difference-<season in rows>.',
    })
  }
  if (targetTransform === 'level') return 0
  return Number(targetTransform.split('-')[1] ?? 1)
}

/**
 * The row that step `step` (from 1) after `lastInput` is taken relative to: the latest row up to `lastInput` that is a
 * multiple of `lag` before it.
 */
export function baseRow(lastInput: number, step: number, lag: number): number {
  return lastInput + step - lag * Math.ceil(step / lag)
}

/** The scaled number that a model learns. `base` is 0 for a level. */
export function encodeTarget(value: number, base: number, lag: number, scaler: Scaler): number {
  return (transformed(value, base, lag, scaler.log) - scaler.center) / scaler.spread
}

/** The value in the data's units that a model's output stands for. */
export function decodeTarget(output: number, base: number, lag: number, scaler: Scaler): number {
  const plain = output * scaler.spread + scaler.center
  if (!scaler.log) return lag === 0 ? plain : plain + base
  return signedExp(lag === 0 ? plain : plain + signedLog(base))
}

/** Before centering and scaling. */
export function transformed(value: number, base: number, lag: number, log: boolean): number {
  if (!log) return lag === 0 ? value : value - base
  return lag === 0 ? signedLog(value) : signedLog(value) - signedLog(base)
}
