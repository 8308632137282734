import type {
  Budget,
  CurvePoint,
  Objective,
  Params,
  ParamValue,
  ScoreDifference,
  SpaceDefinition,
  TrialOfStudy,
  TrialOrigin,
  TrialState,
} from '@rondo/core'

/** Everything that a report shows. It is JSON. What is absent is left out of the report. */
export interface ReportData {
  readonly study: string
  readonly objective: Objective
  readonly seed: number
  readonly space: SpaceDefinition
  readonly fullBudget: Budget
  /** Where the defaults are another study's best. */
  readonly defaultsOf?: TrialOfStudy
  /** Whether models were trained on data, with validation rows and test rows; else a function was tuned. */
  readonly hasData: boolean
  /** By number. */
  readonly trials: readonly ReportTrial[]
  /** The number of the best trial. */
  readonly best?: number
  readonly workedMs: number
  /** What the study said once: why the compiled step was not used, say. */
  readonly notes: readonly string[]
  /** One for each time that the test rows were opened, the last one last. */
  readonly evaluations: readonly ReportEvaluation[]
  /** Baselines on the validation rows on which trials are ranked. */
  readonly validationBaselines?: readonly ReportBaseline[]
  readonly corrected?: ReportCorrectedScore
  readonly importance?: ReportImportance
  readonly advice?: readonly ReportAdvice[]
  /** Losses of the best trial by epoch. */
  readonly training?: readonly ReportEpoch[]
  /** Of the best trial; its first fold is shown. */
  readonly gates?: readonly ReportGate[]
  readonly forecast?: ReportForecast
}

/** One trial. */
export interface ReportTrial {
  readonly number: number
  readonly params: Params
  readonly state: TrialState
  readonly origin: TrialOrigin
  readonly replicateOf?: number
  readonly value?: number
  readonly bestEpoch?: number
  readonly reached: Budget
  readonly curve: readonly CurvePoint[]
  /** The budgets of its legs, in order, that it has trained to. */
  readonly budgets: readonly Budget[]
  readonly failure?: { readonly code: string; readonly message: string }
  readonly stopReason?: string
}

/** A score of something that is not the winner. */
export interface ReportBaseline {
  readonly name: string
  /** The objective's metric. */
  readonly value: number
  /** The winner's value less this one's, with an interval of it. */
  readonly difference?: ScoreDifference
}

/** Scores on the test rows. */
export interface ReportEvaluation {
  readonly trial: number
  /** The objective's metric on the test rows; NaN where it has none. */
  readonly value: number
  readonly untuned?: Omit<ReportBaseline, 'name'> & { readonly trial: number }
  /** A model from elsewhere, as `rondo retune` compares it. */
  readonly incumbent?: Omit<ReportBaseline, 'name'>
  /** The values of each model of the winner that was trained on all development rows; the first is `value`. */
  readonly refits?: readonly number[]
  readonly baselines: readonly ReportBaseline[]
  readonly testRows?: number
}

/** The best score, corrected for its having been chosen; what `correctedScore` of @rondo/analysis gives. */
export interface ReportCorrectedScore {
  readonly trial: number
  readonly observed: number
  readonly corrected: number
  readonly interval?: readonly [low: number, high: number]
  readonly noise?: { readonly deviation: number; readonly from: string }
  readonly candidates: number
  readonly untuned?: { readonly trial: number; readonly value: number; readonly probability?: number }
  /** Its `gain` is absent where it is too early to tell. */
  readonly gain?: { readonly trials: number; readonly gain?: number }
}

/** What `importance` of @rondo/analysis gives. */
export interface ReportImportance {
  readonly hyperparameters: readonly {
    readonly name: string
    /** Of the variance, in [0, 1]. */
    readonly share: number
    readonly deviation: number
    readonly ordered: boolean
    readonly log: boolean
    readonly slice: readonly {
      readonly value: ParamValue
      readonly mean: number
      readonly deviation: number
    }[]
  }[]
  /** What the space varies and the trials have not, with the values tried: one, some near each other, or none. */
  readonly unvaried: readonly { readonly name: string; readonly tried: readonly ParamValue[] }[]
  readonly interactions: readonly { readonly names: readonly [string, string]; readonly share: number }[]
  readonly explained: number
  /** The trials behind it, with values as on the full budget. */
  readonly observations: readonly { readonly params: Params; readonly value?: number | undefined }[]
}

/** What `advise` of @rondo/analysis gives. */
export interface ReportAdvice {
  readonly rule: string
  readonly text: string
  readonly because: {
    readonly name: string
    readonly value: number
    readonly unit: 'share' | 'epochs' | 'number'
  }
}

/** One epoch of the best trial, the mean over folds. */
export interface ReportEpoch {
  readonly epoch: number
  readonly loss?: number
  readonly validationLoss?: number
}

/** How far a gate of an LSTM layer opened, epoch after epoch. */
export interface ReportGate {
  readonly fold: number
  /** The layer's place in the model; the first of those shown is called layer 1. */
  readonly layer: number
  /** `input`, `forget`, `output`. */
  readonly gate: string
  /** From 1. */
  readonly epochs: readonly number[]
  /** Of all values of an epoch, in [0, 1]. */
  readonly mean: readonly number[]
  /** Shares of the values below .05, and above .95. */
  readonly closed: readonly number[]
  readonly open: readonly number[]
}

/** Predictions beside the truth, on validation rows. */
export interface ReportForecast {
  /** What is predicted: the target's name. */
  readonly target: string
  /** One for each point: a date, or a row's number. */
  readonly labels: readonly string[]
  readonly actual: readonly number[]
  readonly predicted: readonly number[]
  /** Bounds of an interval, where there is one. */
  readonly low?: readonly number[]
  readonly high?: readonly number[]
}
