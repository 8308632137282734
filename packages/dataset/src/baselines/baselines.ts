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
      ...lastClass(frame, plan, fold),
      linear('logistic', logistic(prepared, calendar)),
    ]
  }
  const naive =
    plan.task === 'forecast'
      ? naiveForecasts(frame, plan, fold, seasons, scorer)
      : constants(frame, plan, prepared, scorer)
  return [...naive, linear('ridge', ridge(prepared, calendar))]
}

/** The last known value, and the last known of the same phase of each season that lies within the series. */
function naiveForecasts(
  frame: Frame,
  plan: Plan,
  { validation }: Fold,
  seasons: readonly number[],
  scorer: Scorer,
): readonly Guess[] {
  const steps = stepsOf(plan)
  const scores: Guess[] = []
  for (const season of [1, ...seasons]) {
    const predicted = new Float64Array(scorer.actual.length)
    let at = 0
    let known = true
    for (const row of validation) {
      for (let step = 1; step <= steps; step++) {
        const base = baseRow(row - plan.horizon, step, season)
        known &&= base >= frame.origins[row]!
        for (const name of plan.targets) predicted[at++] = frame.targets.get(name)![base] ?? Number.NaN
      }
    }
    if (!known || predicted.some(Number.isNaN)) continue
    scores.push({ name: season === 1 ? 'naive' : `seasonal naive (${season})`, predicted })
  }
  return scores
}

/** The mean and the median of the train targets. */
function constants(frame: Frame, plan: Plan, prepared: PreparedFold, scorer: Scorer): readonly Guess[] {
  const centers = plan.targets.map((name) => {
    const values = Float64Array.from(prepared.trainTargets, (row) => frame.targets.get(name)![row]!).sort()
    return {
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      median: values[values.length >> 1]!,
    }
  })
  return (['mean', 'median'] as const).map((name) => ({
    name,
    predicted: scorer.actual.map((_, i) => centers[i % centers.length]![name]),
  }))
}

/** The shares of the classes among the train rows; the likeliest is the majority. */
function constantClasses(frame: Frame, plan: Plan, prepared: PreparedFold, scorer: Scorer): Guess {
  const classes = plan.classes!.length
  const shares = new Float64Array(classes)
  const labels = frame.targets.get(plan.targets[0]!)!
  for (const row of prepared.trainTargets) shares[labels[row]!]! += 1 / prepared.trainTargets.length
  const predicted = Float64Array.from(
    { length: scorer.actual.length * classes },
    (_, i) => shares[i % classes]!,
  )
  return { name: 'majority', predicted }
}

/** The class of the last row of the window, where that row's class is in the past. */
function lastClass(frame: Frame, plan: Plan, { validation }: Fold): readonly Guess[] {
  if (plan.horizon === 0) return []
  const classes = plan.classes!.length
  const labels = frame.targets.get(plan.targets[0]!)!
  const predicted = new Float64Array(validation.length * classes)
  for (const [i, row] of validation.entries()) {
    const last = labels[row - plan.horizon]!
    if (Number.isNaN(last)) return []
    predicted[i * classes + last] = 1
  }
  return [{ name: 'last value', predicted }]
}
