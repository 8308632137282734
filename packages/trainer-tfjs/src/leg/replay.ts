import type { Leg, Recipe } from '@rondo/core'
import type { TrainStep } from '../step/train-step.ts'

/** The course of a fold's training, to be taken again. */
export interface Replay {
  /** Updates in all. */
  readonly updates: number
  /** The update from which on the weights are averaged. */
  readonly averageFrom: number
  /** Sets the rates as they were at an update, whatever they are. */
  before(update: number, step: TrainStep): void
}

/**
 * The course of the first fold up to `budget.epochs`, as the leg's `refit` tells it: by update, so that more rows mean
 * fewer passes, not more training.
 *
 * @param updatesPerEpoch Of the first fold.
 */
export function replayOf({ budget, refit }: Leg, recipe: Recipe, updatesPerEpoch: number): Replay {
  const { learningRates, dropoutRates } = refit ?? {}
  const updates = budget.epochs * updatesPerEpoch
  return {
    updates,
    // Where there are few epochs the weights still move too far in one.
    averageFrom: updates - Math.min(updatesPerEpoch, Math.ceil(updates / 10)),
    before(update, step) {
      const epoch = Math.floor(update / updatesPerEpoch)
      step.setLearningRate(learningRates?.[epoch] ?? recipe.learningRate)
      const dropout = dropoutRates?.[epoch]
      if (dropout !== undefined) step.setDropout(dropout)
    },
  }
}
