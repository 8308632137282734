import type { TaskKind } from '@rondo/core'
import type { CalendarPart } from './options.ts'
import type { TimeStep } from './series/time-step.ts'

/** A column of the table as an input of the model. Calendar inputs belong to the row after. */
export type InputColumn =
  | { readonly kind: 'number'; readonly name: string }
  /** One input for each value. */
  | { readonly kind: 'category'; readonly name: string; readonly values: readonly string[] }

/** Which columns are used as what. It is JSON, and all that is needed to read other rows the same way. */
export interface Plan {
  readonly task: TaskKind
  readonly targets: readonly string[]
  /** Of a `classify` task, in the order of the outputs. */
  readonly classes?: readonly string[]
  readonly horizon: number
  readonly inputs: readonly InputColumn[]
  readonly calendar: readonly CalendarPart[]
  readonly time?: string
  /** Where times are dates and their distance is known. */
  readonly step?: TimeStep
  readonly id?: string
  /** Whether the rows of an id are an independent sequence with one target, its last row's. */
  readonly sequences: boolean
  readonly missing: 'error' | 'ffill' | 'mean' | 'drop'
  readonly gaps: 'error' | 'keep'
}

/** Units of the output layer: every step and target of a forecast, one number, or the classes (one unit for two). */
export function outputsOf({ task, targets, horizon, classes }: Plan): number {
  if (task === 'classify') return classes!.length === 2 ? 1 : classes!.length
  return task === 'forecast' ? targets.length * horizon : targets.length
}

/** How many rows' targets a sample has: all steps up to the horizon in a forecast, one otherwise. */
export function stepsOf({ task, horizon }: Plan): number {
  return task === 'forecast' ? horizon : 1
}
