import type { AdviceRule } from '../advice.ts'
import { lossNoise, numberParam } from '../measures.ts'
import { ORDER } from '../order.ts'

/** A train loss that moves by more than this share from epoch to epoch is unsteady. */
const UNSTEADY = 0.1
const LARGEST = 512

/** Batch size: larger where the loss is unsteady, and a power of two. */
export const batchSizeRule: AdviceRule = {
  name: 'batch size',
  order: ORDER.batchSize,
  look(run) {
    const size = numberParam(run, 'batchSize')
    if (size === undefined || run.diverged) return undefined
    const noise = lossNoise(run)
    if (noise !== undefined && noise > UNSTEADY && 2 * size <= LARGEST) {
      return {
        rule: 'batch size',
        text: `Take larger batches (${2 * size}): the train loss jumps from epoch to epoch.`,
        because: { name: 'noise of the train loss', value: noise, unit: 'share' },
        tryNext: { param: 'batchSize', value: 2 * size },
      }
    }
    if (!Number.isInteger(Math.log2(size))) {
      const near = 2 ** Math.round(Math.log2(size))
      return {
        rule: 'batch size',
        text: `Take a power of two (${near}): batches of ${size} leave part of the processor’s vectors empty.`,
        because: { name: 'batch size', value: size, unit: 'number' },
        tryNext: { param: 'batchSize', value: near },
      }
    }
    return undefined
  },
}
