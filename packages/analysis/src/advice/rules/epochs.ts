import type { AdviceRule } from '../advice.ts'
import { bestEpochOf, epochsSinceBest, FLAT_SLOPE, slopeAtEnd } from '../measures.ts'
import { ORDER } from '../order.ts'

/** So many epochs after the best are waste. */
const WASTED = 8

/** Epochs: more while the score still improves, fewer (or early stopping) once it no longer does. */
export const epochsRule: AdviceRule = {
  name: 'epochs',
  order: ORDER.epochs,
  look(run) {
    const best = bestEpochOf(run)
    const slope = slopeAtEnd(run)
    const trained = run.epochs.at(-1)?.epoch ?? 0
    if (best === undefined || run.diverged) return undefined
    const since = epochsSinceBest(run)
    if (slope !== undefined && slope > FLAT_SLOPE && since <= 2 && trained >= run.epochLimit) {
      return {
        rule: 'epochs',
        text: `Train longer (${2 * trained} epochs): the score still improved when training ended.`,
        because: { name: 'improvement an epoch at the end', value: slope, unit: 'share' },
        tryNext: { param: 'epochs', value: 2 * trained },
      }
    }
    if (since >= WASTED && since > 0.3 * trained && run.stopsEarly !== true) {
      return {
        rule: 'epochs',
        text: `Stop earlier: epoch ${best.epoch} was the best; early stopping saves the rest.`,
        because: { name: 'epochs since the best', value: since, unit: 'epochs' },
        tryNext: { param: 'epochs', value: best.epoch + 5 },
      }
    }
    return undefined
  },
}
