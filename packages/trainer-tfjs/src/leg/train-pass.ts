import type { PreparedFold } from '@rondo/core'
import type { Samples, TrainStep } from '../step/train-step.ts'
import { pause } from './pause.ts'

/** Updates after which others get a turn. */
const UPDATES_BETWEEN_PAUSES = 16

/** One pass over train samples. */
export interface Pass {
  readonly step: TrainStep
  readonly data: PreparedFold
  readonly batchSize: number
  /** Places among the train samples, batch after batch; the last batch may be smaller. */
  readonly order: Int32Array
  /** The number of the first update. */
  readonly update: number
  /** Called before each update. */
  readonly before: (update: number) => void
  /** Called after each update. */
  readonly after?: (update: number) => void
}

/** What a pass was like. */
export interface PassResult {
  /** The number of the next update. */
  readonly update: number
  /** Mean over the samples, each with its weight, as they were when their update came. */
  readonly loss: number
  /** Mean over the updates. */
  readonly learningRate: number
  /** Mean over the updates of the gradient's Euclidean norm before clipping. */
  readonly gradientNorm: number
}

/** Trains on every sample of `order` once. */
export async function trainPass({
  step,
  data,
  batchSize,
  order,
  update,
  before,
  after,
}: Pass): Promise<PassResult> {
  let lossSum = 0
  let weight = 0
  let normSum = 0
  const rates: number[] = []
  let next = update
  for (let first = 0; first < order.length; first += batchSize) {
    before(next)
    rates.push(step.learningRate)
    const result = step.train(pick(data, order.subarray(first, first + batchSize)), next)
    lossSum += result.lossSum
    weight += result.weight
    normSum += result.gradientNorm
    after?.(next)
    next++
    if (next % UPDATES_BETWEEN_PAUSES === 0) await pause()
  }
  return {
    update: next,
    loss: lossSum / weight,
    learningRate: meanRate(rates),
    gradientNorm: normSum / rates.length,
  }
}

/** A rate that did not change is given as it is, not as a sum divided. */
function meanRate(rates: readonly number[]): number {
  const [first] = rates
  if (rates.every((rate) => rate === first)) return first!
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length
}

/** The train samples at the places `order`. */
function pick({ trainStarts, trainTargets }: PreparedFold, order: Int32Array): Samples {
  return { starts: order.map((i) => trainStarts[i]!), targets: order.map((i) => trainTargets[i]!) }
}
