import type { AdviceRule } from '../advice.ts'
import { isUnderfit, LARGE_GAP, numberParam, trainValidationGap } from '../measures.ts'
import { ORDER } from '../order.ts'

const HIGHEST = 0.5
const STEP = 0.1

/** Dropout against overfitting; less of it where there is none. */
export const dropoutRule: AdviceRule = {
  name: 'dropout',
  order: ORDER.dropout,
  look(run) {
    const gap = trainValidationGap(run)
    if (gap === undefined || run.diverged) return undefined
    const dropout = numberParam(run, 'dropout') ?? 0
    const because = { name: 'train–validation gap', value: gap, unit: 'share' } as const
    const to = (value: number): number => Number(value.toFixed(2))
    if (gap > LARGE_GAP && dropout < HIGHEST) {
      const more = to(Math.min(HIGHEST, dropout + (gap > 2 * LARGE_GAP ? 2 * STEP : STEP)))
      return {
        rule: 'dropout',
        text: `Raise dropout to ${more}; which rate is best, cross-validation tells.`,
        because,
        tryNext: { param: 'dropout', value: more },
      }
    }
    if (dropout >= 2 * STEP && isUnderfit(run)) {
      const less = to(dropout - STEP)
      return {
        rule: 'dropout',
        text: `Lower dropout to ${less}: nothing is being overfitted.`,
        because,
        tryNext: { param: 'dropout', value: less },
      }
    }
    return undefined
  },
}
