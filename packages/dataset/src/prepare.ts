import { count, type Fold, type JsonObject, type Params, type PreparedFold, RondoError } from '@rondo/core'
import { type Comparison, compared } from './calibration/compared.ts'
import { calibratedBy, type Evidence, evidenceOf } from './calibration/evidence.ts'
import type { ScoredFold } from './calibration/pooled.ts'
import { withCalibrationOf } from './calibration/transfer.ts'
import { unitsOf } from './comparison/units.ts'
import { toProbabilities } from './metrics/score-classes.ts'
import { SCALES, type ThresholdMetric } from './options.ts'
import { type InputColumn, outputsOf, type Plan } from './plan.ts'
import { type DataParams, fitPreprocess, type Preprocess, preprocessToJson } from './preprocess.ts'
import { preprocessFromJson } from './preprocess-json.ts'
import { reachOf } from './samples.ts'
import { makeScorer } from './scorer.ts'
import { encodeSeries, windowStart } from './series/encode.ts'
import { type Frame, seriesOf } from './series/frame.ts'
import { decodeOutputs, writeTarget } from './targets.ts'
import { lagOf, targetForm } from './transform/target.ts'

/** What a fold's preparation depends on besides fold and params. */
export interface PrepareContext {
  readonly frame: Frame
  readonly plan: Plan
  /** The inputs of each set, by name. */
  readonly sets: ReadonlyMap<string, readonly InputColumn[]>
  /** What params leave open. */
  readonly defaults: DataParams
  /** Of MASE, in rows. */
  readonly season: number
  readonly threshold: ThresholdMetric | number
  /** Coverages. */
  readonly intervals: readonly number[]
  /** The file's name, for messages. */
  readonly name: string
}

/** A prepared fold that can also be calibrated, and scored together with others. */
export interface TableFold extends PreparedFold {
  /** What the validation samples tell of a trained model, given its raw outputs `[n, outputs]` for them. */
  evidence(outputs: ArrayLike<number>): Evidence
  /**
   * The preprocessing together with what the evidence of this fold and of the others tells: the decision threshold of two
   * classes, the widths of intervals of numbers. To be saved as `preprocess.json` instead of
   * {@link PreparedFold.preprocess}.
   */
  calibrate(folds: readonly Evidence[]): JsonObject
  /**
   * The preprocessing together with the threshold and the widths of `preprocess`, which another model of the same params
   * was calibrated to: for a model that is trained on all rows, so that none are left to calibrate it.
   */
  calibrateAs(preprocess: JsonObject): JsonObject
  /** The samples with raw outputs `[n, outputs]`, to be scored together with other folds or beside other models. */
  scored(outputs: ArrayLike<number>): ScoredFold
  /** Truth and forecast side by side, given raw outputs `[n, outputs]`; absent where the task is no forecast. */
  compare?(outputs: ArrayLike<number>): Comparison
}

/**
 * Scales the data of a fold by its train rows (or by `fitted`, for a model that was trained before) and lays out its
 * samples. Train rows whose difference would reach back before the series are left out; validation rows never are.
 * @throws RONDO_PARAMS_INVALID, RONDO_DATA_TOO_FEW_ROWS, RONDO_DATA_CONSTANT
 */
export function prepareFold(
  context: PrepareContext,
  fold: Fold,
  params: Params,
  fitted?: Preprocess,
): TableFold {
  const { frame } = context
  const own = dataParams(params, context)
  const preprocess = fitted ?? fitPreprocess(trialPlan(context, own), frame, fold.train, own)
  const { plan, window } = preprocess
  const reach = reachOf(plan, window, lagOf(preprocess.form))
  const fits = (row: number) => plan.sequences || row - frame.recorded[row]! >= reach
  const train = fold.train.filter(fits)
  const validation = fold.validation
  const short = validation.find((row) => !fits(row))
  if (short !== undefined || train.length === 0) throw tooFewRows(context, reach, short)
  if (fitted === undefined) requireSpread(context, train)

  const { series, features, places } = encodeSeries(frame, preprocess)
  const outputs = outputsOf(plan)
  const targets = new Float32Array(frame.rows * outputs)
  for (const rows of [train, validation]) {
    for (const row of rows) writeTarget(frame, preprocess, row, targets, row * outputs)
  }
  const startOf = (row: number) => windowStart(frame, places, row - plan.horizon, window)
  const scorer = makeScorer(frame, plan, train, validation, context.season, preprocess.threshold)
  const lastInputs = validation.map((row) => row - plan.horizon)
  const lengths = sequenceLengths(frame, plan, window)
  const weights = own.classWeights === 'balanced' ? balancedWeights(frame, plan, train) : undefined
  const inDataUnits = (raw: ArrayLike<number>) =>
    plan.classes === undefined
      ? decodeOutputs(frame, preprocess, lastInputs, raw)
      : toProbabilities(raw, plan.classes.length)
  return {
    series,
    features,
    window,
    targets,
    outputs,
    trainStarts: train.map(startOf),
    trainTargets: train,
    validationStarts: validation.map(startOf),
    validationTargets: validation,
    ...(lengths && { lengths }),
    ...(weights && { weights }),
    score: (raw) => scorer.score(inDataUnits(raw)),
    preprocess: preprocessToJson(preprocess),
    evidence: (raw) => evidenceOf(frame, preprocess, validation, raw),
    calibrate: (folds) => preprocessToJson(calibratedBy(preprocess, folds, context)),
    calibrateAs: (other) => preprocessToJson(withCalibrationOf(preprocess, preprocessFromJson(other))),
    scored: (raw) => ({ scorer, predicted: inDataUnits(raw), units: unitsOf(frame, plan, fold) }),
    ...(plan.task === 'forecast' && { compare: (raw) => compared(frame, preprocess, validation, raw) }),
  }
}

/** Whether the values of a trial can be taken, as far as no rows are needed to tell. @throws RONDO_PARAMS_INVALID */
export function checkParams(context: PrepareContext, params: Params): void {
  const chosen = dataParams(params, context)
  trialPlan(context, chosen)
  targetForm(chosen.targetTransform)
}

/** The plan with the inputs that a trial has chosen. @throws RONDO_PARAMS_INVALID */
function trialPlan({ plan, sets }: PrepareContext, { features, lags }: DataParams): Plan {
  const inputs = sets.get(features)
  if (inputs === undefined) throw invalid('features', features, `one of ${[...sets.keys()].join(', ')}`)
  if (lags === 'all') return { ...plan, inputs }
  const known = [...new Set(inputs.flatMap((input) => (input.kind === 'lag' ? input.lag : [])))]
  const wanted = lags === 'none' ? [] : lags.split('+').map(Number)
  if (wanted.some((lag) => !known.includes(lag))) {
    throw invalid('lags', lags, `all, none, or some of ${known.join(', ')} with + between them`)
  }
  return {
    ...plan,
    inputs: inputs.filter((input) => input.kind !== 'lag' || wanted.includes(input.lag)),
  }
}

/** @throws RONDO_PARAMS_INVALID */
function dataParams(params: Params, { defaults }: Pick<PrepareContext, 'defaults'>): DataParams {
  const { window, scale, targetTransform, scaleBy, classWeights, features, lags } = { ...defaults, ...params }
  if (typeof window !== 'number' || !Number.isInteger(window) || window < 1) {
    throw invalid('window', window, 'a whole number of rows from 1 on')
  }
  return {
    window,
    scale: oneOf('scale', scale, SCALES),
    targetTransform: String(targetTransform),
    scaleBy: oneOf('scaleBy', scaleBy, ['all', 'series'] as const),
    classWeights: oneOf('classWeights', classWeights, ['none', 'balanced'] as const),
    features: String(features),
    lags: String(lags),
  }
}

function oneOf<T extends string>(param: string, value: Params[string], known: readonly T[]): T {
  const found = known.find((name) => name === value)
  if (found === undefined) throw invalid(param, value, `one of ${known.join(', ')}`)
  return found
}

function invalid(param: string, value: Params[string], expected: string): RondoError {
  return new RondoError('RONDO_PARAMS_INVALID', {
    message: `${param} is ${value}; it must be ${expected}.`,
    value,
    place: { param },
  })
}

function tooFewRows({ name, frame }: PrepareContext, reach: number, row: number | undefined): RondoError {
  return new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
    message:
      row === undefined
        ? `No train row of ${name} has the ${reach === 1 ? 'row' : `${reach} rows`} before it that its window or difference needs.`
        : `A validation row of ${name} has ${count(row - frame.recorded[row]!, 'row')} before it, and its window or difference needs ${reach}.`,
    value: frame.rows,
    place: { file: name },
    remedy: 'Use a shorter window or season, or a splitter that validates on later rows.',
  })
}

/** @throws RONDO_DATA_CONSTANT where there is nothing to learn from the train rows. */
function requireSpread({ frame, plan, name }: PrepareContext, train: Int32Array): void {
  for (const target of plan.targets) {
    const values = frame.targets.get(target)!
    const first = values[train[0]!]!
    if (train.some((row) => values[row] !== first)) continue
    const code = plan.classes === undefined ? 'RONDO_DATA_CONSTANT' : 'RONDO_DATA_ONE_CLASS'
    throw new RondoError(code, {
      message: `${target} is ${plan.classes?.[first] ?? first} in every train row of ${name}.`,
      value: plan.classes?.[first] ?? first,
      place: { file: name, column: target },
      remedy: 'Choose another target, or a splitter whose train rows differ.',
    })
  }
}

function sequenceLengths(frame: Frame, plan: Plan, window: number): Int32Array | undefined {
  if (!plan.sequences) return undefined
  const lengths = new Int32Array(frame.rows)
  let differ = false
  for (const { from, to } of seriesOf(frame)) {
    const length = Math.min(window, to - from)
    lengths.fill(length, from, to)
    differ ||= length !== window
  }
  return differ ? lengths : undefined
}

/** n / (classes · n of the class) for each train row, as in scikit-learn's `balanced` (King and Zeng, 2001). */
function balancedWeights(frame: Frame, plan: Plan, train: Int32Array): Float32Array | undefined {
  if (plan.classes === undefined) return undefined
  const labels = frame.targets.get(plan.targets[0]!)!
  const counts = new Float64Array(plan.classes.length)
  for (const row of train) counts[labels[row]!]! += 1
  const occurring = counts.filter((count) => count > 0).length
  const weights = new Float32Array(frame.rows).fill(1)
  for (const row of train) weights[row] = train.length / (occurring * counts[labels[row]!]!)
  return weights
}
