import { type Loss, type ModelShapes, type OptimizerRecipe, type Recipe, RondoError } from '@rondo/core'
import type { LstmHyperparameters } from './hyperparameters.ts'

/** How the model is trained. @throws RONDO_TASK_MISMATCH */
export function recipeOf(values: LstmHyperparameters, shapes: ModelShapes): Recipe {
  const { batchSize, clipNorm, clipValue, l2 } = values
  return {
    loss: lossOf(values, shapes),
    optimizer: optimizerOf(values),
    learningRate: learningRateOf(values),
    batchSize,
    ...(clipNorm > 0 ? { clipNorm } : {}),
    ...(clipValue > 0 ? { clipValue } : {}),
    ...(l2 > 0 ? { l2 } : {}),
  }
}

/** The batch size whose learning rate is used as it is, where rates are scaled. */
const UNSCALED_BATCH = 32

/** Scaled by the square root of the batch size (Hoffer, Hubara and Soudry 2017, section 4). */
export function learningRateOf({
  learningRate,
  learningRateScale,
  batchSize,
}: Pick<LstmHyperparameters, 'learningRate' | 'learningRateScale' | 'batchSize'>): number {
  return learningRateScale === 'sqrt' ? learningRate * Math.sqrt(batchSize / UNSCALED_BATCH) : learningRate
}

/** The loss that is trained by, the task's own where none is chosen. @throws RONDO_TASK_MISMATCH */
export function lossOf(
  { loss, huberDelta, quantile }: LstmHyperparameters,
  { task, outputs, quantiles }: Pick<ModelShapes, 'task' | 'outputs' | 'quantiles'>,
): Loss {
  const crossentropy = outputs === 1 ? 'binaryCrossentropy' : 'categoricalCrossentropy'
  const numbers = quantiles === undefined ? ['mse', 'mae', 'huber', 'pinball'] : ['pinball']
  const fitting = task === 'classify' ? [crossentropy] : numbers
  const name = loss ?? (fitting[0] as Loss['name'])
  if (!fitting.includes(name)) {
    throw new RondoError('RONDO_TASK_MISMATCH', {
      message: `The loss “${name}” does not fit the task “${task}” with ${outputs} output${outputs === 1 ? '' : 's'}.`,
      value: name,
      place: { param: 'loss' },
      remedy: `Use ${fitting.join(', ')}.`,
    })
  }
  if (name === 'huber') return { name, delta: huberDelta }
  if (name === 'pinball') return { name, quantiles: quantiles ?? [quantile] }
  return { name }
}

function optimizerOf({ optimizer, momentum, weightDecay }: LstmHyperparameters): OptimizerRecipe {
  switch (optimizer) {
    case 'sgd':
      return { name: 'sgd', momentum }
    case 'adamw':
      return { name: 'adamw', weightDecay }
    default:
      return { name: optimizer }
  }
}
