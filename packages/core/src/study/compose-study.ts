import { type Composition, compose } from '../composition/compose.ts'
import { definePlugin } from '../composition/plugin.ts'
import type { Budget } from '../contracts/budget.ts'
import { DATASET, type Dataset } from '../contracts/dataset.ts'
import { MODEL_BUILDER, type ModelBuilder } from '../contracts/model-builder.ts'
import type { Objective } from '../contracts/objective.ts'
import { SCHEDULER } from '../contracts/scheduler.ts'
import { SPLITTER } from '../contracts/splitter.ts'
import { STUDY_SPACE } from '../contracts/study-space.ts'
import { TRAINER, type Trainer } from '../contracts/trainer.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import { defineSpace } from '../space/define-space.ts'
import type { SpaceDefinition } from '../space/hyperparameter.ts'
import type { Space } from '../space/space.ts'
import { requireNumbers, requireReaders, requireTakenValues, resolveObjective } from './check-config.ts'
import type { StudyConfig } from './config.ts'
import { requireConfigFields } from './known-fields.ts'
import { countsForFingerprint, studyPlugins } from './study-plugins.ts'
import type { StudyFingerprint } from './study-spec.ts'

/** Epochs of a trial on data, where neither the config nor the space says how many. */
const DEFAULT_EPOCHS = 40

/** A config with its plugins composed and its data loaded: what a study and its workers have in common. */
export interface ComposedStudy {
  readonly composition: Composition
  readonly dataset?: Dataset
  readonly space: Space
  readonly objective: Objective
  readonly fullBudget: Budget
  readonly trainer: Trainer
  readonly fingerprint: StudyFingerprint
}

/**
 * Composes the plugins of a config, loads the data and resolves the space.
 *
 * @param environment What trials depend on besides the config: versions, CPU architecture.
 * @throws errors of composition, space, data and config; everything that was started is disposed of.
 */
export async function composeStudy(
  config: StudyConfig,
  environment: JsonObject = {},
): Promise<ComposedStudy> {
  requireConfigFields(config)
  requireNumbers(config)
  let space: Space | undefined
  const spacePlugin = definePlugin({
    name: 'study-space',
    provides: STUDY_SPACE,
    scope: 'study',
    create: () => space ?? missing('space'),
  })
  const plugins = studyPlugins(config)
  const composition = compose([...plugins, spacePlugin])
  try {
    const dataset = composition.has(DATASET) ? await composition.resolve(DATASET).load() : undefined
    const builder = composition.has(MODEL_BUILDER) ? composition.resolve(MODEL_BUILDER) : undefined
    space = defineSpace(resolveDefinition(config, dataset, builder), config.constraints)
    const objective = resolveObjective(config, space, dataset)
    const trainer = composition.resolve(TRAINER)
    const others = plugins.flatMap(({ hyperparameters }) => hyperparameters)
    const readers = { ...(dataset && { dataset }), ...(builder && { builder }), trainer, others }
    requireReaders(space, readers)
    requireTakenValues(space, readers)
    if (config.ordered !== undefined && composition.resolve(SCHEDULER).interrupt !== undefined) {
      throw new RondoError('RONDO_CONFIG_INVALID', {
        message: 'A scheduler that interrupts running legs cannot decide in an `ordered` study.',
        place: { field: 'ordered' },
        remedy: 'Remove `ordered`, or take a scheduler that pauses, such as asha().',
      })
    }
    return {
      composition,
      ...(dataset && { dataset }),
      space,
      objective,
      fullBudget: { epochs: fullEpochs(config, space), folds: folds(composition) },
      trainer,
      fingerprint: {
        space: space.toJSON(),
        plugins: composition
          .describe()
          .filter(({ token }) => token !== STUDY_SPACE.name && countsForFingerprint(String(token))),
        ...(dataset && { data: dataset.description.hash }),
        environment: { ...environment, ...trainer.environment },
      },
    }
  } catch (error) {
    await composition.dispose()
    throw error
  }
}

function resolveDefinition(
  { space }: StudyConfig,
  dataset: Dataset | undefined,
  builder: ModelBuilder | undefined,
): SpaceDefinition {
  if (typeof space === 'function') return space((dataset ?? missing('data')).description)
  if (space !== undefined) return space
  if (builder !== undefined && dataset !== undefined) return builder.space(dataset.description)
  return missing('space')
}

function fullEpochs(config: StudyConfig, space: Space): number {
  if (config.epochs !== undefined) return config.epochs
  if (space.names.includes('epochs')) return largestValue(space, 'epochs') ?? 1
  return config.data === undefined ? 1 : DEFAULT_EPOCHS
}

function folds(composition: Composition): number {
  return composition.has(SPLITTER) ? composition.resolve(SPLITTER).folds : 1
}

/** The largest number that a hyperparameter can be; `undefined` where the space does not have it or it has no numbers. */
export function largestValue(space: Space, name: string): number | undefined {
  if (!space.names.includes(name)) return undefined
  const parameter = space.get(name)
  switch (parameter.type) {
    case 'int':
    case 'float':
      return parameter.high
    case 'choice': {
      const numbers = parameter.values.filter((value) => typeof value === 'number')
      return numbers.length === 0 ? undefined : Math.max(...numbers)
    }
    case 'fixed':
      return typeof parameter.value === 'number' ? parameter.value : undefined
    case 'boolean':
      return undefined
  }
}

function missing(field: 'space' | 'data'): never {
  throw new RondoError('RONDO_CONFIG_INVALID', {
    message: `The config has no \`${field}\`, and nothing else provides one.`,
    place: { field },
    remedy: field === 'space' ? 'Give `space`, or `data` and `model`.' : 'Give `data`, csv(…) for example.',
  })
}
