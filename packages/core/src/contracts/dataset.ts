import { token } from '../composition/token.ts'
import type { JsonObject } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { Objective } from './objective.ts'
import type { Fold, SplitRequest } from './splitter.ts'

/** What is learned. */
export type TaskKind = 'forecast' | 'classify' | 'regress'

/** What the data is, as far as spaces, models and messages depend on it. It is JSON and goes into the fingerprint. */
export interface DatasetDescription {
  /** For people: the file's name. */
  readonly name: string
  /** SHA-256 over content and options, hex. */
  readonly hash: string
  /** SHA-256 over the content alone, hex, where it is told apart from the options. */
  readonly content?: string
  readonly task: TaskKind
  /** All rows, the sealed test rows included. */
  readonly rows: number
  readonly testRows: number
  /** Names of the input columns as the model sees them, encodings and calendar included. */
  readonly features: readonly string[]
  readonly targets: readonly string[]
  /** Steps ahead; 0 where the target is of the last row that is seen, or of a sequence. */
  readonly horizon: number
  /** Units of the output layer. */
  readonly outputs: number
  /** The shares that the outputs of each target are quantiles for, where they are asked for; ascending. */
  readonly quantiles?: readonly number[]
  /** Names of the classes, where the task has some. Outputs are probabilities; of two classes only the second's. */
  readonly classes?: readonly string[]
  /** Seasonal periods in rows, the shortest first. */
  readonly seasons: readonly number[]
  /**
   * Of a forecast's first target, which earlier value by itself tells most of what is forecast: 1 for the last known one,
   * or the shortest season, where the last known one of the same phase is clearly better.
   */
  readonly bestLag?: number
  /** What that value is wrong by, as a share of what the mean would be wrong by; near 0 where little changes until then. */
  readonly naiveShare?: number
  /** Whether a forecast's first target has a trend: its latest values lie beyond what came before. */
  readonly trend?: boolean
  /** Whether rows are steps of one series or independent sequences. */
  readonly sequential: boolean
  /** Whether each row is a sequence by itself. */
  readonly alone?: boolean
}

/** The data of one fold, ready for training: windows are start rows into one flat series, never materialised. */
export interface PreparedFold {
  /** `[rows, features]`, row after row, scaled by statistics of the fold's train rows. */
  readonly series: Float32Array
  readonly features: number
  /** Steps of a window. */
  readonly window: number
  /** `[rows, outputs]`: the target of the sample whose target row it is, transformed and scaled as trained on. */
  readonly targets: Float32Array
  readonly outputs: number
  /** For each train sample its first input row; its inputs are rows start … start + window − 1. */
  readonly trainStarts: Int32Array
  /** For each train sample its row in {@link PreparedFold.targets}. */
  readonly trainTargets: Int32Array
  readonly validationStarts: Int32Array
  readonly validationTargets: Int32Array
  /**
   * For each row of {@link PreparedFold.targets} the steps of its sequence, where they differ: the real steps come
   * first, padding behind them.
   */
  readonly lengths?: Int32Array
  /** For each row of {@link PreparedFold.targets} the weight of its loss, where samples are weighted. */
  readonly weights?: Float32Array
  /** Metrics in data units of raw outputs `[n, outputs]` for the validation samples, by bare name (`mae`). */
  score(outputs: Float32Array): { readonly [metric: string]: number }
  /** Whatever is needed to turn new rows into windows and outputs into data units: `preprocess.json`. */
  readonly preprocess: JsonObject
}

/** Some of the rows, as a worker may see them. */
export interface DatasetView {
  /** What the splitter divides, given the largest window of the space. @throws RONDO_DATA_TOO_FEW_ROWS */
  targets(largestWindow: number): Omit<SplitRequest, 'rng'>
  /**
   * Scales and lays out a fold. `params` are the trial's: `window` and others in {@link Dataset.hyperparameters}.
   *
   * @param preprocess That of a trained model, whose statistics are then used instead of the fold's own.
   * @throws data errors of the catalogue.
   */
  prepare(fold: Fold, params: Params, preprocess?: JsonObject): PreparedFold
}

/** A baseline's metrics on one set of targets. */
export interface BaselineScore {
  /** `naive`, `seasonal naive (7)`, `ridge`, … */
  readonly name: string
  readonly metrics: { readonly [metric: string]: number }
}

/** A table turned into supervised samples. */
export interface Dataset {
  readonly description: DatasetDescription
  /** The hyperparameters that it reads: `window`, `targetTransform`, … */
  readonly hyperparameters: readonly string[]
  /**
   * Whether values of {@link Dataset.hyperparameters} can be taken: asked about the ends of ranges before a study is
   * begun. The others are the defaults.
   * @throws RONDO_PARAMS_INVALID
   */
  check?(params: Params): void
  /** What to rank trials by where the study does not say; by the task where absent. */
  readonly objective?: Objective
  /** The metrics that {@link PreparedFold.score} gives, by bare name. */
  readonly metrics: readonly string[]
  /** Those of {@link Dataset.metrics} of which the larger is the better, of the others the smaller; absent where it is not known. */
  readonly larger?: readonly string[]
  /**
   * Those of {@link Dataset.metrics} that are taken over the samples of all folds together, instead of as the mean over
   * folds: a ranking of which one fold gives but a rough idea.
   */
  readonly pooled?: readonly string[]
  /** The rows before the test rows. Nothing in it can reach a test row. */
  development(): DatasetView
  /** All rows, for an `evaluate` leg: validation is the test rows. */
  evaluation(): { readonly view: DatasetView; readonly fold: (largestWindow: number) => Fold }
  /** Scores of naive forecasts and of ridge on a fold's validation targets. */
  baselines(view: DatasetView, fold: Fold, largestWindow: number): readonly BaselineScore[]
}

/** Reads the data; once a process. Called by `start`, so that errors come before the first trial. */
export interface DatasetSource {
  load(): Promise<Dataset>
}

export const DATASET = token<DatasetSource>('dataset')
