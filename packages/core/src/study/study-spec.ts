import type { Budget } from '../contracts/budget.ts'
import type { DatasetDescription } from '../contracts/dataset.ts'
import type { Objective } from '../contracts/objective.ts'
import type { JsonObject } from '../json.ts'

/** When a study ends. Only these may change when it is resumed. */
export interface StudyLimits {
  /** Trials to start, over all sessions. */
  readonly trials?: number
  /** Milliseconds of work, over all sessions. */
  readonly timeMs?: number
  /** Ends after so many finished trials in a row that brought no better value. */
  readonly patience?: number
}

/** A study as data, from which it is rebuilt in another process or at a later time. */
export interface StudySpec {
  /** The config module that defines it, as an absolute file URL; absent for a study composed in code. */
  readonly module?: string
  /** What the command line changed of the config. */
  readonly overrides: JsonObject
  readonly seed: number
  readonly objective: Objective
  readonly limits: StudyLimits
  readonly fullBudget: Budget
  /** Whether results enter the history by a virtual clock; `lag` legs may be in flight when a decision is made. */
  readonly ordered?: { readonly lag: number }
  /** Whether the untuned default is the first trial. */
  readonly defaultTrial: boolean
  /** The trial that the space's defaults are from, where it is not untuned ones that the study is measured by. */
  readonly defaultsOf?: TrialOfStudy
  /** What the trials depend on; a resumed study must have the same. */
  readonly fingerprint: StudyFingerprint
  /** What the data was when the study was begun, where there was some: to say in which way it has changed. */
  readonly data?: DataAtBeginning
}

/** A trial of another study. */
export interface TrialOfStudy {
  readonly study: string
  readonly trial: number
}

/** Data as it was when a study was begun. */
export type DataAtBeginning = Pick<DatasetDescription, 'name' | 'rows' | 'content'>

/** Everything that a trial's values depend on besides its params and seed. Every part is JSON. */
export interface StudyFingerprint {
  /** The space as `Space.toJSON` gives it. */
  readonly space: JsonObject
  /** Name, version and options of every plugin, in the order of composition. */
  readonly plugins: readonly JsonObject[]
  /** The dataset's hash, where there is one. */
  readonly data?: string
  /** Rondo and Node version, CPU architecture, numerics, training step. */
  readonly environment: JsonObject
}
