import { mae, pinball, r2, rmse } from './errors.ts'
import type { NumberMetrics } from './names.ts'
import { mape, smape } from './relative.ts'

/**
 * A metric of predictions `[n, steps, targets]` in data units. What depends on a target's own spread (`mase`, `r2`) is
 * averaged over the targets. `naive` holds each target's seasonal naive error on the train rows.
 */
export function measureNumbers(
  metric: keyof NumberMetrics,
  actual: Float64Array,
  predicted: Float64Array,
  naive: readonly number[],
): number {
  switch (metric) {
    case 'pinball':
      return pinball(actual, predicted, 0.5)
    case 'mase':
    case 'r2':
      return (
        naive.reduce((sum, error, target) => {
          const [y, p] = [column(actual, target, naive.length), column(predicted, target, naive.length)]
          return sum + (metric === 'mase' ? mae(y, p) / error : r2(y, p))
        }, 0) / naive.length
      )
    default:
      return OF_ALL_TARGETS[metric](actual, predicted)
  }
}

const OF_ALL_TARGETS = { mae, rmse, mape, smape } as const

function column(values: Float64Array, at: number, columns: number): Float64Array {
  return columns === 1 ? values : values.filter((_, i) => i % columns === at)
}
