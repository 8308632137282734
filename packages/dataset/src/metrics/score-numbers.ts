import { mae, pinball, r2, rmse } from './errors.ts'
import type { NumberMetrics } from './names.ts'
import { mape, smape } from './relative.ts'

/**
 * Metrics of predictions `[n, steps, targets]` in data units. What depends on a target's own spread (`mase`, `r2`) is
 * averaged over the targets. `naive` holds each target's seasonal naive error on the train rows.
 */
export function scoreNumbers(
  actual: Float64Array,
  predicted: Float64Array,
  naive: readonly number[],
): NumberMetrics {
  const targets = naive.map((error, target) => {
    const [y, p] = [column(actual, target, naive.length), column(predicted, target, naive.length)]
    return { mase: mae(y, p) / error, r2: r2(y, p) }
  })
  const mean = (name: 'mase' | 'r2') =>
    targets.reduce((sum, target) => sum + target[name], 0) / targets.length
  return {
    mae: mae(actual, predicted),
    rmse: rmse(actual, predicted),
    mape: mape(actual, predicted),
    smape: smape(actual, predicted),
    mase: mean('mase'),
    r2: mean('r2'),
    pinball: pinball(actual, predicted, 0.5),
  }
}

function column(values: Float64Array, at: number, columns: number): Float64Array {
  return columns === 1 ? values : values.filter((_, i) => i % columns === at)
}
