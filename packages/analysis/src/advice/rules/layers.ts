import type { AdviceRule } from '../advice.ts'
import { isUnderfit, LARGE_GAP, numberParam, trainValidationGap } from '../measures.ts'
import { ORDER } from '../order.ts'

/** From so many units on a further layer promises more than a wider one. */
const WIDE = 128

/** The number of LSTM layers: one fewer where a stack overfits, one more where a wide layer has nothing left to learn. */
export const layersRule: AdviceRule = {
  name: 'layers',
  order: ORDER.layers,
  look(run) {
    const gap = trainValidationGap(run)
    const layers = numberParam(run, 'layers')
    if (gap === undefined || layers === undefined || run.diverged) return undefined
    const because = { name: 'train–validation gap', value: gap, unit: 'share' } as const
    if (layers > 1 && gap > 2 * LARGE_GAP) {
      return {
        rule: 'layers',
        text: `Take one layer less (${layers - 1}): the stack learns the train rows by heart.`,
        because,
        tryNext: { param: 'layers', value: layers - 1 },
      }
    }
    const units = numberParam(run, 'units')
    if (layers < 3 && units !== undefined && units >= WIDE && isUnderfit(run)) {
      return {
        rule: 'layers',
        text: `Add a layer (${layers + 1}): ${units} units have learned all they can, on train and validation rows alike.`,
        because,
        tryNext: { param: 'layers', value: layers + 1 },
      }
    }
    return undefined
  },
}
