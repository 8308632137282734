import { type AdviceRule, importance, observationsOf } from '@rondo/analysis'
import { RondoError, type StudyReading } from '@rondo/core'
import {
  type ReportBaseline,
  type ReportData,
  type ReportEpoch,
  type ReportForecast,
  reportOf,
} from '@rondo/report'
import { adviceOn } from './advice.ts'
import { bestStanding } from './best-standing.ts'
import { metricByEpoch, type TrialCurves } from './trial-curves.ts'
import { gateCurves } from './trial-gates.ts'

/** What a report can only show where the study can be composed again, its data at hand. */
export interface FromSession {
  readonly rules: readonly AdviceRule[]
  readonly baselines: readonly ReportBaseline[]
  readonly forecast?: ReportForecast
}

/** The data of a study's report: its log, what analysis makes of it, and what only config and data tell. */
export function reportData(
  reading: StudyReading,
  curves: TrialCurves,
  { rules, baselines: validationBaselines, forecast }: FromSession,
): ReportData {
  const { state } = reading
  const { seed, objective } = state.spec
  const { best } = state
  const corrected = bestStanding(state)?.corrected
  const important = whereEnough(() => importance(state.space, observationsOf(state), { seed, objective }))
  return reportOf(reading, {
    ...(validationBaselines.length > 0 && { validationBaselines }),
    ...(forecast && { forecast }),
    ...(corrected && { corrected }),
    ...(important && { importance: important }),
    ...(best && {
      advice: adviceOn(rules, curves, state, best.number),
      training: training(curves, best.number),
      gates: gateCurves(curves.ends, best.number),
    }),
  })
}

/** What analysis says, or `undefined` where there are too few trials for it to say anything. */
function whereEnough<T>(analyse: () => T): T | undefined {
  try {
    return analyse()
  } catch (error) {
    if (error instanceof RondoError && error.code === 'RONDO_STUDY_NO_RESULT') return undefined
    throw error
  }
}

function training(curves: TrialCurves, trial: number): readonly ReportEpoch[] {
  const measurements = curves.measurements(trial)
  const losses = metricByEpoch(measurements, 'loss')
  const validation = metricByEpoch(measurements, 'val_loss')
  return losses.map((loss, i) => {
    const validationLoss = validation[i]
    return { epoch: i + 1, loss, ...(validationLoss === undefined ? {} : { validationLoss }) }
  })
}
