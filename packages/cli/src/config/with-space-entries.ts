import {
  compose,
  type DatasetDescription,
  MODEL_BUILDER,
  RondoError,
  type SpaceDefinition,
  type StudyConfig,
} from '@rondo/core'

/** The space of a config with single hyperparameters replaced or added; a condition stays with its name. */
export function withSpaceEntries(
  config: StudyConfig,
  entries: SpaceDefinition,
): NonNullable<StudyConfig['space']> {
  const own = config.space
  if (own === undefined) return (description) => withEntries(builderSpace(config, description), entries)
  return typeof own === 'function'
    ? (description) => withEntries(own(description), entries)
    : withEntries(own, entries)
}

/** A space with single hyperparameters replaced or added; a condition stays with its name. */
export function withEntries(space: SpaceDefinition, entries: SpaceDefinition): SpaceDefinition {
  const changed = Object.entries(entries).map(([name, entry]) => {
    const when = space[name]?.when
    return [name, when === undefined ? entry : { ...entry, when }] as const
  })
  return { ...space, ...Object.fromEntries(changed) }
}

function builderSpace(
  { model, plugins = [] }: StudyConfig,
  description: DatasetDescription,
): SpaceDefinition {
  if (model === undefined) {
    throw new RondoError('RONDO_USAGE', {
      message: 'The config has neither a space nor a model whose space --set could change.',
      place: { field: '--set' },
    })
  }
  return compose([model, ...plugins])
    .resolve(MODEL_BUILDER)
    .space(description)
}
