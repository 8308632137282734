import { definePlugin, type Plugin } from '../composition/plugin.ts'
import {
  type Leg,
  type LegContext,
  type LegResult,
  type Measurement,
  TRAINER,
  type Trainer,
} from '../contracts/trainer.ts'
import { asRondoError, RondoError } from '../errors/rondo-error.ts'
import { deriveSeed } from '../random/derive.ts'
import type { Params } from '../space/hyperparameter.ts'

/** What an objective function is told of its trial. */
export interface ObjectiveTrial {
  /** From 0. */
  readonly number: number
  /** How far to go: 1 without a scheduler that starts low. */
  readonly epochs: number
  /** 32 bits that belong to study and trial. */
  readonly seed: number
  /** Aborted when the study is to end; the function may throw or return early, the trial then runs again at resume. */
  readonly signal: AbortSignal
  /** The value after each epoch, in order from 1, for schedulers and curves. */
  report(value: number): void
}

/** Any function of the params whose result is to be made small (or large). */
export type ObjectiveFunction<P = Params> = (params: P, trial: ObjectiveTrial) => number | Promise<number>

/** A trainer that calls a function. The objective's metric has the function's value. */
export const functionTrainer = <P = Params>(objective: ObjectiveFunction<P>): Plugin<Trainer> =>
  definePlugin({
    name: 'function',
    provides: TRAINER,
    scope: 'study',
    create: () => ({ run: (leg, context) => runFunction(objective as ObjectiveFunction, leg, context) }),
  })

async function runFunction(objective: ObjectiveFunction, leg: Leg, context: LegContext): Promise<LegResult> {
  if (leg.kind === 'evaluate') {
    throw new RondoError('RONDO_USAGE', { message: 'A function has no test rows to be evaluated on.' })
  }
  const { trial, params, seed, budget } = leg
  const { metric } = leg.objective
  const measurements: Measurement[] = []
  const measure = (epoch: number, value: number): void => {
    const measurement: Measurement = { fold: 0, epoch, metrics: { [metric]: value } }
    measurements.push(measurement)
    context.send({ type: 'measured', measurement })
  }
  let value: number
  try {
    value = await objective(params, {
      number: trial,
      epochs: budget.epochs,
      seed: deriveSeed({ seed, trial, purpose: 'objective' }),
      signal: context.signal,
      report: (reported) => measure(measurements.length + 1, reported),
    })
  } catch (error) {
    if (context.signal.aborted) return { outcome: 'interrupted', measurements }
    throw asRondoError(error, 'RONDO_OBJECTIVE_FAILED', { trial })
  }
  if (context.signal.aborted) return { outcome: 'interrupted', measurements }
  if (measurements.length === 0) measure(budget.epochs, value)
  if (!measurements.some(({ metrics }) => Number.isFinite(metrics[metric]))) {
    throw new RondoError('RONDO_OBJECTIVE_VALUE', {
      message: `The objective of trial ${trial} is ${String(value)}, not a finite number.`,
      value: String(value),
      place: { trial },
    })
  }
  return { outcome: 'reached', measurements }
}
