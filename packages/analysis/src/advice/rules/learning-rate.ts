import type { AdviceRule } from '../advice.ts'
import { epochsSinceBest, FLAT_SLOPE, lossLeft, lossNoise, numberParam, slopeAtEnd } from '../measures.ts'
import { ORDER } from '../order.ts'
import type { TrainingRun } from '../training-run.ts'

/** So much of the first loss left after a whole training, and still falling, is slow. */
const SLOW = 0.7

/** The learning rate: lower where training diverges or swings, higher where it creeps. */
export const learningRateRule: AdviceRule = {
  name: 'learning rate',
  order: ORDER.learningRate,
  look(run) {
    const rate = numberParam(run, 'learningRate')
    const to = (
      factor: number,
    ): { readonly text: string; readonly tryNext?: { param: string; value: number } } => {
      if (rate === undefined) return { text: '' }
      const value = Number((rate * factor).toPrecision(2))
      return { text: ` (${value})`, tryNext: { param: 'learningRate', value } }
    }
    if (run.diverged) {
      const { text, ...rest } = to(0.1)
      return {
        rule: 'learning rate',
        text: `Lower the learning rate to a tenth${text}, or clip gradients: the loss stopped being a number.`,
        because: { name: 'epochs before it diverged', value: finiteEpochs(run), unit: 'epochs' },
        ...rest,
      }
    }
    const left = lossLeft(run)
    const noise = lossNoise(run)
    if (left === undefined) return undefined
    if (left > 1 || (noise !== undefined && noise > 0.25)) {
      const { text, ...rest } = to(1 / 3)
      return {
        rule: 'learning rate',
        text: `Lower the learning rate to a third${text}: the train loss ${left > 1 ? 'rises' : 'swings'} instead of falling.`,
        because:
          left > 1
            ? { name: 'train loss at the end, of that at the start', value: left, unit: 'share' }
            : { name: 'noise of the train loss', value: noise!, unit: 'share' },
        ...rest,
      }
    }
    const slope = slopeAtEnd(run)
    if (left > SLOW && slope !== undefined && slope > FLAT_SLOPE && epochsSinceBest(run) <= 2) {
      const { text, ...rest } = to(3)
      return {
        rule: 'learning rate',
        text: `Raise the learning rate threefold${text}: training creeps.`,
        because: { name: 'train loss at the end, of that at the start', value: left, unit: 'share' },
        ...rest,
      }
    }
    return undefined
  },
}

const finiteEpochs = ({ epochs }: TrainingRun): number =>
  epochs.filter(({ value, loss = 0 }) => Number.isFinite(value) && Number.isFinite(loss)).length
