import type { TaskKind } from '@rondo/core'

export const NUMBERS = ['mae', 'rmse', 'mape', 'smape', 'mase', 'r2', 'pinball'] as const
/** Metrics of classes of which the larger is the better. */
const LARGER_CLASSES = [
  'accuracy',
  'balancedAccuracy',
  'f1',
  'precision',
  'recall',
  'auc',
  'averagePrecision',
  'mcc',
] as const
export const CLASSES = [...LARGER_CLASSES, 'brier', 'logLoss'] as const

export type NumberMetrics = { readonly [name in (typeof NUMBERS)[number]]: number }
export type ClassMetrics = { readonly [name in (typeof CLASSES)[number]]: number }

/** The metrics of which the larger is the better. */
export const LARGER: readonly string[] = ['r2', ...LARGER_CLASSES]

/** Whether a name is one of some metrics. */
export const isMetric = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name)

/** The metrics that samples of a task are scored by. */
export const metricNames = (task: TaskKind): readonly string[] => (task === 'classify' ? CLASSES : NUMBERS)
