import {
  adviceRules,
  advise,
  candidatesOf,
  correctedScore,
  importance,
  observationsOf,
  trainingRunOf,
} from '@rondo/analysis'
import { RondoError, type StudyReading } from '@rondo/core'
import { type ReportBaseline, type ReportData, type ReportEpoch, reportOf } from '@rondo/report'
import { metricByEpoch, type TrialCurves } from './trial-curves.ts'

/** The data of a study's report: its log, what analysis makes of it, and the baselines where they are known. */
export function reportData(
  reading: StudyReading,
  curves: TrialCurves,
  validationBaselines: readonly ReportBaseline[],
): ReportData {
  const { state } = reading
  const { seed, objective } = state.spec
  const { best, trials } = state
  const configurations = trials.filter(({ replicateOf }) => replicateOf === undefined).length
  const corrected = whereEnough(() =>
    correctedScore(candidatesOf(state), { seed, objective, configurations }),
  )
  const important = whereEnough(() => importance(state.space, observationsOf(state), { seed, objective }))
  return reportOf(reading, {
    ...(validationBaselines.length > 0 && { validationBaselines }),
    ...(corrected && { corrected }),
    ...(important && { importance: important }),
    ...(best && {
      advice: advise(adviceRules, trainingRunOf(curves.ends, state, best.number)),
      training: training(curves, best.number),
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
