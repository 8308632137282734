import type { AdviceRule } from '../advice.ts'
import { isUnderfit, LARGE_GAP, numberParam, trainValidationGap } from '../measures.ts'
import { ORDER } from '../order.ts'

/** Neurons: many of them overfit, few of them can't learn what there is. */
export const unitsRule: AdviceRule = {
  name: 'units',
  order: ORDER.units,
  look(run) {
    const gap = trainValidationGap(run)
    const units = numberParam(run, 'units')
    if (gap === undefined || units === undefined || run.diverged) return undefined
    const because = { name: 'train–validation gap', value: gap, unit: 'share' } as const
    if (gap > LARGE_GAP && units > 8) {
      const fewer = Math.max(8, Math.round(units / 2))
      return {
        rule: 'units',
        text: `Take fewer units (${fewer}): the model knows its train rows better than the rest.`,
        because,
        tryNext: { param: 'units', value: fewer },
      }
    }
    if (isUnderfit(run)) {
      return {
        rule: 'units',
        text: `Take more units (${2 * units}): train and validation loss are alike and no longer fall.`,
        because,
        tryNext: { param: 'units', value: 2 * units },
      }
    }
    return undefined
  },
}
