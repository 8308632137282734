import { isBetter } from '@rondo/core'
import { mean, median } from '../statistics.ts'
import type { EpochMeasures, TrainingRun } from './training-run.ts'

/** The epoch with the best value; `undefined` where none has one. */
export function bestEpochOf({ epochs, objective }: TrainingRun): EpochMeasures | undefined {
  let best: EpochMeasures | undefined
  for (const epoch of epochs) {
    if (!Number.isFinite(epoch.value)) continue
    if (best === undefined || isBetter(objective, epoch.value, best.value)) best = epoch
  }
  return best
}

/** Epochs trained after the best one. */
export function epochsSinceBest(run: TrainingRun): number {
  return (run.epochs.at(-1)?.epoch ?? 0) - (bestEpochOf(run)?.epoch ?? 0)
}

/**
 * How much larger the loss is on validation rows than on train rows in the last three epochs, as a share of the train
 * loss: 0.3 is 30 % larger. Negative where dropout makes the train loss the larger one.
 */
export function trainValidationGap({ epochs }: TrainingRun): number | undefined {
  const gaps = epochs.slice(-3).flatMap(({ loss, validationLoss }) => {
    if (loss === undefined || validationLoss === undefined || !(loss > 0)) return []
    const gap = (validationLoss - loss) / loss
    return Number.isFinite(gap) ? [gap] : []
  })
  return gaps.length === 0 ? undefined : median(gaps)
}

/** The least epochs of which a slope is taken. */
const FEWEST_FOR_SLOPE = 6

/**
 * How fast the objective's metric still improves at the end: the share of its value that an epoch brings, by least
 * squares over the last third of the epochs. Below 0 it gets worse.
 */
export function slopeAtEnd({ epochs, objective }: TrainingRun): number | undefined {
  if (epochs.length < FEWEST_FOR_SLOPE) return undefined
  const last = epochs.slice(-Math.max(4, Math.floor(epochs.length / 3)))
  const values = last.map(({ value }) => value)
  const level = Math.abs(mean(values))
  if (!Number.isFinite(level) || level === 0) return undefined
  const centre = (last.length - 1) / 2
  let product = 0
  let square = 0
  for (const [i, value] of values.entries()) {
    product += (i - centre) * value
    square += (i - centre) ** 2
  }
  const slope = product / square / level
  return finite(objective.direction === 'minimize' ? -slope : slope)
}

/**
 * How much the train loss moves from one epoch to the next beside its trend, as a share of its level: the root mean square of
 * second differences over √6, which is the standard deviation of independent noise.
 */
export function lossNoise({ epochs }: TrainingRun): number | undefined {
  const losses = epochs.flatMap(({ loss }) => (loss !== undefined && Number.isFinite(loss) ? [loss] : []))
  const late = losses.slice(-Math.max(FEWEST_FOR_SLOPE, Math.floor(losses.length / 2)))
  if (late.length < FEWEST_FOR_SLOPE) return undefined
  const bends = late.slice(2).map((loss, i) => (loss - 2 * late[i + 1]! + late[i]!) ** 2)
  return finite(Math.sqrt(mean(bends) / 6) / mean(late))
}

/** How much of the first epoch's train loss is left at the end. */
export function lossLeft({ epochs }: TrainingRun): number | undefined {
  const first = epochs[0]?.loss
  const last = epochs.at(-1)?.loss
  return first === undefined || last === undefined ? undefined : finite(last / first)
}

/** Whether it neither overfits, nor still improves, nor diverged: what it has learned is all that it can. */
export function isUnderfit(run: TrainingRun): boolean {
  const gap = trainValidationGap(run)
  const slope = slopeAtEnd(run)
  if (run.diverged || gap === undefined || slope === undefined) return false
  return gap < SMALL_GAP && Math.abs(slope) < FLAT_SLOPE
}

/** Below it train and validation loss count as alike. */
const SMALL_GAP = 0.05
/** Above it the model has learned the train rows by heart. */
export const LARGE_GAP = 0.2
/** A share of its value that an epoch brings; below it the curve is flat. */
export const FLAT_SLOPE = 0.002

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)

/** A param that is a number; `undefined` otherwise. */
export function numberParam({ params }: TrainingRun, name: string): number | undefined {
  const value = params[name]
  return typeof value === 'number' ? value : undefined
}
