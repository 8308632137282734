import type { Evaluation, Objective, ScoreDifference } from '@rondo/core'
import { number } from '../terminal/quantities.ts'

/** Whether a challenger takes the place of the model in use, and why. */
export interface Decision {
  readonly ships: boolean
  /** The bare name of the objective's metric, on test rows. */
  readonly metric: string
  readonly challenger: number
  readonly incumbent: number
  /** The challenger's less that of the model in use. */
  readonly difference?: ScoreDifference
  /** For people. */
  readonly because: string
}

/** An evaluation beside the model in use has this in its summary. */
interface Summary {
  readonly incumbent?: {
    readonly metrics: { readonly [name: string]: number }
    readonly difference?: ScoreDifference
  }
}

/** Whether a study has been compared with the model in use. */
export const isCompared = ({ summary }: Evaluation): boolean =>
  (summary as Summary | undefined)?.incumbent !== undefined

/**
 * A challenger is shipped only where the whole interval of the difference on the test rows is on the better side of zero:
 * with one of 90 % chance alone would bring that about in one case of twenty.
 */
export function decide({ metrics, summary }: Evaluation, objective: Objective): Decision {
  const metric = objective.metric.replace(/^val_/, '')
  const rival = (summary as Summary | undefined)?.incumbent
  const challenger = metrics[metric] ?? Number.NaN
  const incumbent = rival?.metrics[metric] ?? Number.NaN
  const difference = rival?.difference
  const scores = { metric, challenger, incumbent, ...(difference && { difference }) }
  if (difference === undefined) {
    return { ...scores, ships: false, because: 'how sure the difference is cannot be told.' }
  }
  const { value, low, high, coverage } = difference
  const minimized = objective.direction === 'minimize'
  const interval = `the difference is ${number(value)} (${number(100 * coverage)} % interval: ${number(low)} to ${number(high)})`
  if (minimized ? high < 0 : low > 0)
    return { ...scores, ships: true, because: `${interval}, all of it better.` }
  if (minimized ? low > 0 : high < 0)
    return { ...scores, ships: false, because: `${interval}, all of it worse.` }
  return { ...scores, ships: false, because: `${interval}, which may be chance.` }
}
