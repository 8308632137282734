import type { Recipe, TaskKind } from '@rondo/core'
import { isJson, mustHold, show } from '../broken-rule.ts'

const isPositive = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value > 0
const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < 1
const isAbsentOr = (holds: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || holds(value)

const OPTIMIZERS = ['sgd', 'adam', 'adamw', 'rmsprop']
const OF_CLASSES = ['binaryCrossentropy', 'categoricalCrossentropy']
const OF_NUMBERS = ['mse', 'mae', 'huber', 'pinball']

/** @throws naming the part of a recipe that a trainer cannot follow. */
export function checkRecipe(recipe: Recipe, task: TaskKind): void {
  mustHold(isJson(recipe), 'A recipe must be JSON', () => `it is ${show(recipe)}`)
  const { loss, optimizer, learningRate, batchSize, clipNorm, clipValue, l2 } = recipe
  const part = (holds: boolean, rule: string, value: unknown): void =>
    mustHold(holds, rule, () => `it is ${show(value)} (task ${task})`)
  part(isPositive(learningRate), 'A recipe’s learning rate must be a finite number above 0', learningRate)
  part(
    isPositive(batchSize) && Number.isInteger(batchSize),
    'A recipe’s batch size must be a whole number of at least 1',
    batchSize,
  )
  part(isAbsentOr(isPositive)(clipNorm), 'A recipe’s clipNorm must be above 0, or absent', clipNorm)
  part(isAbsentOr(isPositive)(clipValue), 'A recipe’s clipValue must be above 0, or absent', clipValue)
  part(
    isAbsentOr((value) => value === 0 || isPositive(value))(l2),
    'A recipe’s l2 must be at least 0, or absent',
    l2,
  )
  const fitting = task === 'classify' ? OF_CLASSES : OF_NUMBERS
  part(fitting.includes(loss?.name), `A recipe’s loss must fit the task (${fitting.join(', ')})`, loss)
  if (loss.name === 'huber')
    part(isPositive(loss.delta), 'The delta of a huber loss must be above 0', loss.delta)
  if (loss.name === 'pinball') {
    const { quantiles } = loss
    part(
      quantiles.length > 0 && quantiles.every((q) => q > 0 && q < 1),
      'The quantiles of a pinball loss must lie between 0 and 1',
      quantiles,
    )
  }
  part(
    OPTIMIZERS.includes(optimizer?.name),
    `A recipe’s optimizer must be one of ${OPTIMIZERS.join(', ')}`,
    optimizer,
  )
  for (const [name, value] of Object.entries(optimizer)) {
    if (name === 'name') continue
    const holds = name === 'epsilon' ? isPositive(value) : isShare(value)
    part(
      holds,
      `An optimizer’s ${name} must be ${name === 'epsilon' ? 'above 0' : 'at least 0 and below 1'}`,
      value,
    )
  }
}
