import { type Fold, type Params, type PreparedFold, RondoError } from '@rondo/core'
import { toProbabilities } from './metrics/score-classes.ts'
import { SCALES, type Scale } from './options.ts'
import { outputsOf, type Plan } from './plan.ts'
import { type DataParams, fitPreprocess, type Preprocess, preprocessToJson } from './preprocess.ts'
import { makeScorer } from './scorer.ts'
import { encodeSeries, windowStart } from './series/encode.ts'
import { type Frame, seriesOf } from './series/frame.ts'
import { decodeOutputs, writeTarget } from './targets.ts'

/** What a fold's preparation depends on besides fold and params. */
export interface PrepareContext {
  readonly frame: Frame
  readonly plan: Plan
  /** What params leave open. */
  readonly defaults: DataParams
  /** Of MASE, in rows. */
  readonly season: number
  readonly classWeights: 'none' | 'balanced'
  /** The file's name, for messages. */
  readonly name: string
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
): PreparedFold {
  const { frame, plan } = context
  const preprocess = fitted ?? fitPreprocess(plan, frame, fold.train, dataParams(params, context.defaults))
  const { window, lag } = preprocess
  const reach = Math.max(window, lag) + plan.horizon - 1
  const fits = (row: number) => plan.sequences || row - frame.origins[row]! >= reach
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
  const scorer = makeScorer(frame, plan, train, validation, context.season)
  const lastInputs = validation.map((row) => row - plan.horizon)
  const lengths = sequenceLengths(frame, plan, window)
  const weights = context.classWeights === 'balanced' ? balancedWeights(frame, plan, train) : undefined
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
    score: (raw) =>
      scorer.score(
        plan.classes === undefined
          ? decodeOutputs(frame, preprocess, lastInputs, raw)
          : toProbabilities(raw, plan.classes.length),
      ),
    preprocess: preprocessToJson(preprocess),
  }
}

/** @throws RONDO_PARAMS_INVALID */
export function dataParams(params: Params, defaults: DataParams): DataParams {
  const {
    window = defaults.window,
    scale = defaults.scale,
    targetTransform = defaults.targetTransform,
  } = params
  if (typeof window !== 'number' || !Number.isInteger(window) || window < 1) {
    throw invalid('window', window, 'a whole number of rows from 1 on')
  }
  if (!SCALES.some((known) => known === scale)) throw invalid('scale', scale, `one of ${SCALES.join(', ')}`)
  return { window, scale: scale as Scale, targetTransform: String(targetTransform) }
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
        ? `No train row of ${name} has the ${reach} rows before it that its window or difference needs.`
        : `A validation row of ${name} has ${row - frame.origins[row]!} rows before it, and its window or difference needs ${reach}.`,
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
