import type { ArtifactRef } from '../contracts/artifacts.ts'
import type { Budget } from '../contracts/budget.ts'
import type { Tags } from '../contracts/history.ts'
import type { StudyEvent } from './events.ts'

/** The event that ends a leg. */
export type LegOutcome = Extract<StudyEvent, { readonly type: 'leg.ended' | 'leg.failed' }>

/** A leg that has been started and whose result is not yet in the visible history. */
export interface Flight {
  readonly trial: number
  readonly leg: number
  readonly budget: Budget
  readonly tags: Tags
  /** The place of its start among all starts; breaks ties of virtual time. */
  readonly order: number
  /** The virtual time at which its result enters the visible history. */
  readonly arrives: number
  /** Where it goes on when it is begun again: its last checkpoint, or the one that it started from. */
  from?: ArtifactRef
  attempt: number
  workerDeaths: number
  /** Its result, where it is in the log and, in an ordered study, not yet visible. */
  outcome?: LegOutcome
}

/** Compares by virtual time, then by start. */
export const byArrival = (a: Flight, b: Flight): number => a.arrives - b.arrives || a.order - b.order
