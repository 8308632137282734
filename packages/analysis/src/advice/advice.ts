import { multiToken } from '@rondo/core'
import type { TrainingRun } from './training-run.ts'

/** The number that led to a piece of advice. */
export interface Measure {
  /** What it is, in a few words: `train–validation gap`. */
  readonly name: string
  readonly value: number
  /** How `value` is to be read: a share of 1, a count of epochs, or a plain number. */
  readonly unit: 'share' | 'epochs' | 'number'
}

/** What to try next, and why. */
export interface Advice {
  /** The rule that gives it. */
  readonly rule: string
  /** What to do, as one sentence. */
  readonly text: string
  /** The number that led to it. */
  readonly because: Measure
  /** What to set, where the rule can name a value. */
  readonly tryNext?: { readonly param: string; readonly value: number | string | boolean }
}

/** Looks at one training and may have something to say. It depends on nothing but the run. */
export interface AdviceRule {
  /** Unique. */
  readonly name: string
  /** Rules speak in ascending order; see `ORDER` for that of the rules given here. */
  readonly order: number
  look(run: TrainingRun): Advice | undefined
}

/** Rules of advice; every plugin that provides it adds its own. */
export const ADVICE = multiToken<AdviceRule>('advice')
