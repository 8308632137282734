import type { Dataset } from '../contracts/dataset.ts'
import type { ModelBuilder } from '../contracts/model-builder.ts'
import { maximize, minimize, type Objective } from '../contracts/objective.ts'
import type { Scheduler } from '../contracts/scheduler.ts'
import type { Trainer } from '../contracts/trainer.ts'
import { didYouMean } from '../errors/nearest-name.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { Hyperparameter, ParamValue } from '../space/hyperparameter.ts'
import type { Space } from '../space/space.ts'
import type { StudyConfig } from './config.ts'

/** The parts of a study that read hyperparameters. */
export interface HyperparameterReaders {
  readonly dataset?: Dataset
  readonly builder?: ModelBuilder
  /** One that does not list what it reads (a plain function) may read any. */
  readonly trainer: Trainer
  /** What plugins say to read beyond these. */
  readonly others: readonly string[]
}

/** @throws RONDO_SPACE_UNKNOWN where a hyperparameter would be tuned without an effect. */
export function requireReaders(
  space: Space,
  { dataset, builder, trainer, others }: HyperparameterReaders,
): void {
  if (trainer.hyperparameters === undefined) return
  const known = new Set([
    ...(dataset?.hyperparameters ?? []),
    ...(builder?.hyperparameters ?? []),
    ...trainer.hyperparameters,
    ...others,
  ])
  for (const name of space.names) {
    // `units[1]` is read by whoever reads `units[i]`.
    if (known.has(name) || known.has(name.replace(/\[\d+\]$/, '[i]'))) continue
    throw new RondoError('RONDO_SPACE_UNKNOWN', {
      message: `Nothing in this study reads the hyperparameter “${name}”.${didYouMean(name, known)}`,
      value: name,
      place: { param: name },
      remedy: `Correct the name or remove it. What is read here: ${[...known].sort().join(', ')}.`,
    })
  }
}

/**
 * Asks those who read hyperparameters about the ends of ranges and every listed value, one at a time, and the builder
 * whether the untuned default fits the task.
 *
 * @throws RONDO_SPACE_RANGE where trials would fail by no fault but their range's, and RONDO_TASK_MISMATCH.
 */
export function requireTakenValues(
  space: Space,
  { dataset, builder }: Pick<HyperparameterReaders, 'dataset' | 'builder'>,
): void {
  for (const name of space.names) {
    for (const reader of [dataset, builder, ownParams]) {
      if (reader?.check === undefined || !reader.hyperparameters.includes(name)) continue
      for (const value of endsOf(space.get(name))) {
        try {
          reader.check({ [name]: value }, dataset?.description)
        } catch (error) {
          if (!(error instanceof RondoError)) throw error
          if (error.code === 'RONDO_TASK_MISMATCH') {
            if (error.place.param === name) throw error
            // Not the fault of this value: whether the others fit is asked below.
            continue
          }
          throw new RondoError('RONDO_SPACE_RANGE', {
            message: `The space lets “${name}” be ${value}. ${error.message}`,
            value,
            place: { param: name },
            remedy: 'Give only values that can be taken.',
            cause: error,
          })
        }
      }
    }
  }
  requireFittingTask(space, dataset, builder)
}

/** An option of the builder, that the space leaves out, may not fit either. @throws RONDO_TASK_MISMATCH */
function requireFittingTask(
  space: Space,
  dataset: Dataset | undefined,
  builder: ModelBuilder | undefined,
): void {
  try {
    builder?.check?.(space.defaults() ?? {}, dataset?.description)
  } catch (error) {
    // Params that make no model fail their own trial; a loss for another task fails every one.
    if (error instanceof RondoError && error.code === 'RONDO_TASK_MISMATCH') throw error
  }
}

/** What core itself reads. */
const ownParams: Pick<ModelBuilder, 'hyperparameters' | 'check'> = {
  hyperparameters: ['epochs'],
  check({ epochs }) {
    if (Number.isInteger(epochs) && Number(epochs) >= 1) return
    throw new RondoError('RONDO_PARAMS_INVALID', {
      message: 'A trial has a whole number of epochs from 1 on.',
    })
  },
}

function endsOf(parameter: Hyperparameter): readonly ParamValue[] {
  switch (parameter.type) {
    case 'int':
    case 'float':
      return [parameter.low, parameter.high]
    case 'choice':
      return parameter.values
    case 'fixed':
      return [parameter.value]
    case 'boolean':
      return [false, true]
  }
}

/** Params that change the scale of the loss, so that losses of two trials cannot be compared. */
const CHANGE_THE_LOSS = ['loss', 'targetTransform', 'scale', 'scaleBy', 'l2', 'classWeights']

/**
 * The objective of a study; by the task where the config has none.
 *
 * @throws RONDO_METRIC_UNKNOWN, RONDO_OPTION_INVALID where the worst would be looked for, or RONDO_TASK_MISMATCH where trials would be ranked by losses that differ in meaning.
 */
export function resolveObjective(config: StudyConfig, space: Space, dataset: Dataset | undefined): Objective {
  if (dataset === undefined) return config.objective ?? minimize('value')
  const byTask = dataset.description.task === 'classify' ? maximize('val_accuracy') : minimize('val_mae')
  const objective = config.objective ?? dataset.objective ?? byTask
  const { metric } = objective
  const known = ['val_loss', ...dataset.metrics.map((name) => `val_${name}`)]
  if (!known.includes(metric)) {
    throw new RondoError('RONDO_METRIC_UNKNOWN', {
      message: `There is no metric “${metric}” to rank trials by.${didYouMean(metric, known)}`,
      value: metric,
      place: { field: 'objective' },
      remedy: `Use one of ${known.join(', ')}.`,
    })
  }
  const better = metric === 'val_loss' ? 'minimize' : directionOf(dataset, metric)
  if (better !== undefined && better !== objective.direction) {
    throw new RondoError('RONDO_OPTION_INVALID', {
      message: `The ${better === 'minimize' ? 'smaller' : 'larger'} ${metric} is, the better: to ${objective.direction} it looks for the worst trial.`,
      value: objective.direction,
      place: { field: 'objective' },
      remedy: `Use ${better}('${metric}'), on the command line --${better} ${metric}.`,
    })
  }
  const changing = CHANGE_THE_LOSS.find(
    (name) => space.names.includes(name) && space.get(name).type !== 'fixed',
  )
  if (metric === 'val_loss' && changing !== undefined) {
    throw new RondoError('RONDO_TASK_MISMATCH', {
      message: `Trials with different values of “${changing}” have losses that cannot be compared.`,
      value: metric,
      place: { field: 'objective', param: changing },
      remedy: `Rank by a metric in data units (${byTask.metric}), or fix ${changing}.`,
    })
  }
  return objective
}

function directionOf({ larger }: Dataset, metric: string): Objective['direction'] | undefined {
  if (larger === undefined) return undefined
  return larger.some((name) => metric === `val_${name}`) ? 'maximize' : 'minimize'
}

/** Checks the params that are tried before the strategy's own. @throws RONDO_PARAMS_INVALID naming the entry and the param. */
export function requireEnqueued(space: Space, enqueue: StudyConfig['enqueue'] = []): void {
  for (const [i, params] of enqueue.entries()) {
    try {
      space.validate(params)
    } catch (error) {
      if (!(error instanceof RondoError)) throw error
      const { code, message, value, place } = error
      throw new RondoError(code, {
        message,
        ...(value === undefined ? {} : { value }),
        place: { ...place, field: `enqueue[${i}]` },
        remedy: 'Correct the value named; give one to every hyperparameter that is active, and to no other.',
        cause: error,
      })
    }
  }
}

/** Checks the numbers of a config. @throws RONDO_CONFIG_INVALID naming the field. */
export function requireNumbers(config: StudyConfig): void {
  const whole = {
    trials: config.trials,
    patience: config.patience,
    epochs: config.epochs,
    timeMs: config.timeMs,
    'warmStart.trials': config.warmStart?.trials,
  }
  for (const [field, value] of Object.entries(whole)) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) {
      throw invalid(field, value, 'a whole number of at least 1')
    }
  }
  const { seed, ordered, checkpointMb } = config
  if (checkpointMb !== undefined && !(checkpointMb >= 0)) {
    throw invalid('checkpointMb', checkpointMb, 'a number of at least 0')
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw invalid('seed', seed, 'a whole number')
  if (ordered !== undefined && !(Number.isInteger(ordered.lag) && ordered.lag >= 0)) {
    throw invalid('ordered.lag', ordered.lag, 'a whole number of at least 0')
  }
}

function invalid(field: string, value: number, expected: string): RondoError {
  return new RondoError('RONDO_CONFIG_INVALID', {
    message: `\`${field}\` is ${value}; it must be ${expected}.`,
    value,
    place: { field },
  })
}

/** The fidelity of a scheduler that pauses is the number of epochs: it cannot be tuned as well. @throws RONDO_CONFIG_INVALID */
export function refuseEpochsTwice(space: Space, { choosesEpochs }: Scheduler): void {
  if (choosesEpochs !== true || !space.names.includes('epochs') || space.get('epochs').type === 'fixed')
    return
  throw new RondoError('RONDO_CONFIG_INVALID', {
    message: 'The scheduler decides how many epochs a trial trains, and the space has `epochs` as well.',
    value: 'epochs',
    place: { field: 'space', param: 'epochs' },
    remedy:
      "Take `epochs` out of the space and give their most as the study's `epochs`, or leave out the scheduler.",
  })
}
