import type { BaselineScore, Fold, PreparedFold } from '@rondo/core'
import type { ScoredFold } from '../calibration/pooled.ts'
import { unitsOf } from '../comparison/units.ts'
import { type Plan, stepsOf } from '../plan.ts'
import { type PrepareContext, prepareFold, type TableFold } from '../prepare.ts'
import { makeScorer, type Scorer } from '../scorer.ts'
import { calendarNames } from '../series/calendar.ts'
import type { Frame } from '../series/frame.ts'
import { baseRow } from '../transform/target.ts'
import { logistic } from './logistic.ts'
import { ridge } from './ridge.ts'

/** A baseline's metrics, and its predictions, to be scored together with other folds or beside a model's. */
export interface TableBaseline extends BaselineScore {
  readonly scored: ScoredFold
}

/** What a baseline predicts, in the form that its scorer takes. */
interface Guess {
  readonly name: string
  readonly predicted: Float64Array
}

/** Scores of what costs nothing to predict, on the fold's validation rows: the bar that a model has to clear. */
export function scoreBaselines(
  context: PrepareContext,
  fold: Fold,
  window: number,
  seasons: readonly number[],
): readonly TableBaseline[] {
  const { frame, plan } = context
  // What is compared is a forecast of one number, on all inputs.
  const { quantiles: _, ...point } = plan
  const params = { window, scale: 'standard', targetTransform: 'level', scaleBy: 'all', classWeights: 'none' }
  const prepared = prepareFold({ ...context, plan: point }, fold, params)
  const scorer = makeScorer(frame, plan, prepared.trainTargets, fold.validation, context.season)
  const calendar = plan.calendar.reduce((sum, part) => sum + calendarNames(part).length, 0)
  const units = unitsOf(frame, plan, fold)
  return guesses({ frame, plan, fold, prepared, scorer, seasons, calendar }).map(({ name, predicted }) => ({
    name,
    metrics: scorer.score(predicted),
    scored: { scorer, predicted, units },
  }))
}

interface Ground {
  readonly frame: Frame
  readonly plan: Plan
  readonly fold: Fold
  readonly prepared: TableFold
  readonly scorer: Scorer
  readonly seasons: readonly number[]
  /** Features of the calendar. */
  readonly calendar: number
}

function guesses({ frame, plan, fold, prepared, scorer, seasons, calendar }: Ground): readonly Guess[] {
  const linear = (name: string, outputs: Float32Array): Guess => ({
    name,
    predicted: prepared.scored(outputs).predicted,
  })
  if (plan.classes !== undefined) {
    return [
      constantClasses(frame, plan, prepared, scorer),
      ...lastClass(frame, plan, fold, prepared),
      linear('logistic', logistic(prepared, calendar)),
    ]
  }
  const naive =
    plan.task === 'forecast'
      ? naiveForecasts(frame, plan, fold, seasons, prepared)
      : constants(frame, plan, prepared, scorer)
  return [...naive, linear('ridge', ridge(prepared, calendar))]
}

/**
 * The last known value, and the last known of the same phase of each season. A value that was not recorded is the one
 * before it; where a series does not reach back a season its last known value stands for it, and where nothing is known
 * yet the mean of the train rows: each forecast is one for every row that a model is scored on.
 */
function naiveForecasts(
  frame: Frame,
  plan: Plan,
  { validation }: Fold,
  seasons: readonly number[],
  prepared: PreparedFold,
): readonly Guess[] {
  const steps = stepsOf(plan)
  const means = new Map(plan.targets.map((name) => [name, meanOf(trainTargets(frame, name, prepared))]))
  return [1, ...seasons].map((season) => {
    const predicted = new Float64Array(validation.length * steps * plan.targets.length)
    let at = 0
    for (const row of validation) {
      const last = row - plan.horizon
      for (let step = 1; step <= steps; step++) {
        const base = baseRow(last, step, season)
        for (const name of plan.targets) {
          const known = frame.references.get(name)!
          const own = base >= frame.origins[row]! ? known[base]! : Number.NaN
          predicted[at++] = [own, known[last]!].find((value) => !Number.isNaN(value)) ?? means.get(name)!
        }
      }
    }
    return { name: season === 1 ? 'naive' : `seasonal naive (${season})`, predicted }
  })
}

const trainTargets = (frame: Frame, name: string, { trainTargets }: PreparedFold): Float64Array =>
  Float64Array.from(trainTargets, (row) => frame.targets.get(name)![row]!)

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The mean and the median of the train targets. */
function constants(frame: Frame, plan: Plan, prepared: PreparedFold, scorer: Scorer): readonly Guess[] {
  const centers = plan.targets.map((name) => {
    const values = trainTargets(frame, name, prepared).sort()
    return { mean: meanOf(values), median: values[values.length >> 1]! }
  })
  return (['mean', 'median'] as const).map((name) => ({
    name,
    predicted: scorer.actual.map((_, i) => centers[i % centers.length]![name]),
  }))
}

/** The shares of the classes among the train rows; the likeliest is the majority. */
function constantClasses(frame: Frame, plan: Plan, prepared: PreparedFold, scorer: Scorer): Guess {
  const classes = plan.classes!.length
  const shares = classShares(frame, plan, prepared)
  const predicted = Float64Array.from(
    { length: scorer.actual.length * classes },
    (_, i) => shares[i % classes]!,
  )
  return { name: 'majority', predicted }
}

/** The class of the last row of the window, where that row's class is in the past; the last known one before it. */
function lastClass(frame: Frame, plan: Plan, { validation }: Fold, prepared: PreparedFold): readonly Guess[] {
  if (plan.horizon === 0) return []
  const classes = plan.classes!.length
  const labels = frame.targets.get(plan.targets[0]!)!
  const shares = classShares(frame, plan, prepared)
  const majority = shares.indexOf(Math.max(...shares))
  const predicted = new Float64Array(validation.length * classes)
  for (const [i, row] of validation.entries()) {
    let last = row - plan.horizon
    while (last > frame.origins[row]! && Number.isNaN(labels[last]!)) last--
    const known = labels[last]!
    predicted[i * classes + (Number.isNaN(known) ? majority : known)] = 1
  }
  return [{ name: 'last value', predicted }]
}

/** Of each class its share of the train rows. */
function classShares(frame: Frame, plan: Plan, { trainTargets }: PreparedFold): Float64Array {
  const shares = new Float64Array(plan.classes!.length)
  const labels = frame.targets.get(plan.targets[0]!)!
  for (const row of trainTargets) shares[labels[row]!]! += 1 / trainTargets.length
  return shares
}
