import type { AdviceRule } from '../advice.ts'
import { isUnderfit, numberParam, slopeAtEnd } from '../measures.ts'
import { ORDER } from '../order.ts'

/** The input's dimensions: a model that has learned all that is in its window needs to see more. */
export const windowRule: AdviceRule = {
  name: 'window',
  order: ORDER.window,
  look(run) {
    const window = numberParam(run, 'window')
    const slope = slopeAtEnd(run)
    if (window === undefined || slope === undefined || !isUnderfit(run)) return undefined
    return {
      rule: 'window',
      text: `Give it more to see: a window of ${2 * window} steps, or further columns (the calendar, known covariates).`,
      because: { name: 'improvement an epoch at the end', value: slope, unit: 'share' },
      tryNext: { param: 'window', value: 2 * window },
    }
  },
}
