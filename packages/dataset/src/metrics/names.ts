import type { TaskKind } from '@rondo/core'

const NUMBERS = ['mae', 'rmse', 'mape', 'smape', 'mase', 'r2', 'pinball'] as const
const CLASSES = [
  'accuracy',
  'balancedAccuracy',
  'f1',
  'precision',
  'recall',
  'auc',
  'averagePrecision',
  'mcc',
  'brier',
  'logLoss',
] as const

export type NumberMetrics = { readonly [name in (typeof NUMBERS)[number]]: number }
export type ClassMetrics = { readonly [name in (typeof CLASSES)[number]]: number }

/** The metrics that samples of a task are scored by. */
export const metricNames = (task: TaskKind): readonly string[] => (task === 'classify' ? CLASSES : NUMBERS)
