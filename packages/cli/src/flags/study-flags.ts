import type { Objective, SpaceDefinition, TaskKind, TrialOfStudy } from '@rondo/core'

/**
 * What a command line says of a study. It is JSON: as the study's overrides it is in the log, and workers and `resume`
 * rebuild the study from it. Paths are absolute.
 */
export interface StudyFlags {
  /** The config file; absent where flags and a data file say everything. */
  readonly config?: string
  /** The data file; beside a config, in the place of its own. */
  readonly data?: string
  readonly studies?: string
  readonly columns?: ColumnFlags
  readonly objective?: Objective
  readonly space?: SpaceDefinition
  /** In the place of the config's whole space, `space` included. */
  readonly wholeSpace?: SpaceDefinition
  readonly search?: SearchName
  /** Whether the first trial has the defaults, whatever the search. */
  readonly defaultTrial?: boolean
  /** Where the defaults of `wholeSpace` are from. */
  readonly defaultsOf?: TrialOfStudy
  /** An earlier study, the best configurations of which are tried first. */
  readonly warmStart?: { readonly study: string; readonly trials?: number }
  readonly scheduler?: SchedulerName
  readonly splitter?: SplitterName
  readonly folds?: number
  readonly trials?: number
  readonly timeMs?: number
  readonly patience?: number
  readonly epochs?: number
  /** Epochs without a better value after which a trial ends itself; 0 for never. */
  readonly earlyStopping?: number
  /** How the learning rate goes over training; `plateau` halves it where nothing gets better. */
  readonly learningRateSchedule?: RateScheduleName
  /** The rate of the dropout layers from the first epoch to the last. */
  readonly dropoutSchedule?: {
    readonly kind: DropoutScheduleName
    readonly from: number
    readonly to: number
  }
  readonly seed?: number
  readonly workers?: number
  /** What computes the updates. */
  readonly step?: StepName
  readonly numerics?: NumericsName
  /** How many legs may be in flight when a decision is made in a study that is a function of its seed. */
  readonly lag?: number
}

/** Columns by the name of their set. */
export interface FeatureSets {
  readonly [set: string]: readonly string[]
}

/** What the columns of a data file are. */
export interface ColumnFlags {
  readonly target?: readonly string[]
  readonly task?: TaskKind
  readonly horizon?: number
  /** Input columns, or several sets of them by name. */
  readonly features?: readonly string[] | FeatureSets
  readonly known?: readonly string[]
  readonly time?: string
  readonly id?: string
  readonly calendar?: boolean | readonly string[]
  readonly missing?: string
  readonly scale?: string
  readonly test?: number
  readonly strategy?: string
  readonly lags?: readonly number[]
  readonly seasons?: readonly number[]
  readonly gaps?: string
  readonly testBy?: string
  readonly scaleBy?: string
  readonly quantiles?: readonly number[]
  readonly intervals?: readonly number[]
  readonly classWeights?: string
  readonly positive?: string
  readonly threshold?: string | number
  readonly separator?: string
  readonly decimal?: string
}

export const TASKS = ['forecast', 'classify', 'regress'] as const satisfies readonly TaskKind[]
export const SEARCHES = ['bayes', 'random', 'grid'] as const
export const SCHEDULERS = ['full', 'asha', 'hyperband', 'median-stop'] as const
export const SPLITTERS = ['holdout', 'walk-forward', 'k-fold', 'stratified'] as const
export const RATE_SCHEDULES = ['warmup', 'linear', 'cosine', 'exponential', 'plateau'] as const
export const DROPOUT_SCHEDULES = ['constant', 'linear', 'cosine'] as const
export const STEPS = ['auto', 'compiled', 'tfjs'] as const
export const NUMERICS = ['fast', 'portable'] as const

export type SearchName = (typeof SEARCHES)[number]
export type SchedulerName = (typeof SCHEDULERS)[number]
export type SplitterName = (typeof SPLITTERS)[number]
export type RateScheduleName = (typeof RATE_SCHEDULES)[number]
export type DropoutScheduleName = (typeof DROPOUT_SCHEDULES)[number]
export type StepName = (typeof STEPS)[number]
export type NumericsName = (typeof NUMERICS)[number]
