import type { TaskKind } from '@rondo/core'
import type { CalendarPart } from './options.ts'
import type { TimeStep } from './series/time-step.ts'

/**
 * A column of the table as an input of the model. Calendar inputs belong to the row after; those that are `known` ahead
 * to the row that lies as far ahead as the horizon.
 */
export type InputColumn =
  | { readonly kind: 'number'; readonly name: string; readonly known?: boolean }
  /** One input for each value. */
  | {
      readonly kind: 'category'
      readonly name: string
      readonly values: readonly string[]
      readonly known?: boolean
    }
  /** A target, `lag` rows before the row after the input row. */
  | { readonly kind: 'lag'; readonly name: string; readonly lag: number }

/** Which columns are used as what. It is JSON, and all that is needed to read other rows the same way. */
export interface Plan {
  readonly task: TaskKind
  readonly targets: readonly string[]
  /** Of a `classify` task, in the order of the outputs. */
  readonly classes?: readonly string[]
  readonly horizon: number
  /** Rows that a model of horizon 1 predicts, each from its own predictions before. */
  readonly rollout?: number
  /** Of a number, ascending: one output for each instead of one. */
  readonly quantiles?: readonly number[]
  readonly inputs: readonly InputColumn[]
  readonly calendar: readonly CalendarPart[]
  readonly time?: string
  /** Where times are dates and their distance is known. */
  readonly step?: TimeStep
  readonly id?: string
  /** Whether the rows of an id, or without one each row, are an independent sequence with one target, its last row's. */
  readonly sequences: boolean
  readonly missing: 'error' | 'ffill' | 'mean' | 'drop'
  readonly gaps: 'error' | 'keep'
}

/**
 * Units of the output layer: every step, target and quantile of a forecast, one number, or the classes (one unit for
 * two).
 */
export function outputsOf(plan: Plan): number {
  const { task, targets, classes } = plan
  if (task === 'classify') return classes!.length === 2 ? 1 : classes!.length
  return stepsOf(plan) * targets.length * levelsOf(plan)
}

/** Outputs for each number: its quantiles, or one. */
export const levelsOf = ({ quantiles }: Plan): number => quantiles?.length ?? 1

/** Rows before the first of a window that its inputs tell of. */
export const lookBack = (inputs: readonly InputColumn[]): number =>
  inputs.reduce((most, input) => (input.kind === 'lag' ? Math.max(most, input.lag - 1) : most), 0)

/** Whether inputs tell of rows up to the horizon. */
export const knowsAhead = ({ inputs }: Pick<Plan, 'inputs'>): boolean =>
  inputs.some((input) => input.kind !== 'lag' && input.known === true)

/** How many rows' targets a sample has: all steps up to the horizon in a forecast, one otherwise. */
export function stepsOf({ task, horizon }: Plan): number {
  return task === 'forecast' ? horizon : 1
}
