import { type Dataset, didYouMean, type Objective, RondoError } from '@rondo/core'

/** The names under which an epoch's metrics are measured. */
const metricNames = (dataset: Dataset): readonly string[] => [
  'loss',
  'val_loss',
  ...dataset.metrics.map((name) => `val_${name}`),
]

/** @throws RONDO_METRIC_UNKNOWN with the nearest name. */
export function requireMetric(dataset: Dataset, { metric }: Objective): void {
  const names = metricNames(dataset)
  if (names.includes(metric)) return
  throw new RondoError('RONDO_METRIC_UNKNOWN', {
    message: `There is no metric “${metric}”.${didYouMean(metric, names)}`,
    value: metric,
    place: { field: 'objective' },
    remedy: `Use one of ${names.join(', ')}.`,
  })
}
