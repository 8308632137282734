import type { Evaluation, Objective, StudyReading, TrialRecord } from '@rondo/core'
import type { ReportBaseline, ReportData, ReportEvaluation, ReportTrial } from './report-data.ts'

/** What a log does not hold, or only analysis tells. */
export type ReportExtras = Pick<
  ReportData,
  'validationBaselines' | 'corrected' | 'importance' | 'advice' | 'training' | 'gates' | 'forecast'
>

/** The data of a report from a study's log (`readStudy(log)`) and whatever else is known. */
export function reportOf(reading: StudyReading, extras: ReportExtras = {}): ReportData {
  const { name, state, workedMs } = reading
  const { spec, space, trials, best, notes, evaluations, fullBudget } = state
  return {
    study: name,
    objective: spec.objective,
    seed: spec.seed,
    space: space.definition,
    fullBudget,
    ...(spec.defaultsOf && { defaultsOf: spec.defaultsOf }),
    hasData: spec.fingerprint.data !== undefined,
    trials: trials.map(reportTrial),
    ...(best === undefined ? {} : { best: best.number }),
    workedMs,
    notes: [...notes],
    evaluations: evaluations.map((evaluation) => reportEvaluation(evaluation, spec.objective)),
    ...extras,
  }
}

function reportTrial(trial: TrialRecord): ReportTrial {
  const { number, params, state, origin, reached, curve, legs } = trial
  const { replicateOf, value, bestEpoch, failure, stopReason } = trial
  return {
    number,
    params,
    state,
    origin,
    reached,
    curve,
    budgets: legs.filter((leg) => leg.state === 'done').map(({ budget }) => budget),
    ...(replicateOf === undefined ? {} : { replicateOf }),
    ...(value === undefined ? {} : { value }),
    ...(bestEpoch === undefined ? {} : { bestEpoch }),
    ...(failure === undefined ? {} : { failure: { code: failure.code, message: failure.message } }),
    ...(stopReason === undefined ? {} : { stopReason }),
  }
}

/** What trainers write into an evaluation's summary. */
interface Summary {
  readonly testRows?: number
  readonly baselines?: readonly Scored[]
  readonly default?: Omit<Scored, 'name'> & { readonly trial: number }
  readonly incumbent?: Omit<Scored, 'name'>
  readonly refits?: readonly Scored['metrics'][]
}

interface Scored {
  readonly name: string
  readonly metrics: { readonly [name: string]: number }
  readonly difference?: ReportBaseline['difference']
}

function reportEvaluation(
  { trial, metrics, summary = {} }: Evaluation,
  objective: Objective,
): ReportEvaluation {
  // On test rows metrics have bare names: there is only one set of them.
  const metric = objective.metric.replace(/^val_/, '')
  const { testRows, baselines = [], refits = [], default: untuned, incumbent } = summary as Summary
  return {
    trial,
    value: metrics[metric] ?? metrics[objective.metric] ?? Number.NaN,
    baselines: baselines.flatMap(({ name, metrics, difference }) => {
      const value = metrics[metric]
      return value === undefined ? [] : [{ name, value, ...(difference && { difference }) }]
    }),
    ...(testRows === undefined ? {} : { testRows }),
    ...(refits.length > 1 && { refits: refits.map((metrics) => metrics[metric] ?? Number.NaN) }),
    ...(untuned && { untuned: { trial: untuned.trial, ...scoreOf(untuned, metric) } }),
    ...(incumbent && { incumbent: scoreOf(incumbent, metric) }),
  }
}

const scoreOf = (
  { metrics, difference }: Omit<Scored, 'name'>,
  metric: string,
): Omit<ReportBaseline, 'name'> => ({
  value: metrics[metric] ?? Number.NaN,
  ...(difference && { difference }),
})
