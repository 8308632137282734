import { isBetter, type Objective } from '@rondo/core'

/** The metric without the mark of the rows it is measured on: `val_mae` → `mae`. */
export const bareMetric = ({ metric }: Objective): string => metric.replace(/^val_/, '')

/** From the best to the worst; what has no value last. */
export const byValue =
  (objective: Objective) =>
  (a: { readonly value?: number }, b: { readonly value?: number }): number => {
    const [x, y] = [a.value ?? Number.NaN, b.value ?? Number.NaN]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y))
    return isBetter(objective, x, y) ? -1 : isBetter(objective, y, x) ? 1 : 0
  }
