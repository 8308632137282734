import {
  didYouMean,
  type Hyperparameter,
  type Params,
  type ParamValue,
  RondoError,
  type Space,
  type SpaceDefinition,
} from '@rondo/core'
import { defaultOf } from './manual-params.ts'

/**
 * What of a space has to change so that only `tuned` varies: every other hyperparameter is held at its value in `params`,
 * and at its default where it has none there. Those that vary have their value in `params` as their default, so that the
 * first trial is what the others are compared with.
 *
 * @throws RONDO_USAGE where a name is not in the space, or has one value only.
 */
export function heldSpace(space: Space, tuned: readonly string[], params: Params): SpaceDefinition {
  for (const name of tuned) requireVaries(space, name)
  return Object.fromEntries(space.names.map((name) => [name, entry(space, name, tuned, params[name])]))
}

function entry(
  space: Space,
  name: string,
  tuned: readonly string[],
  value: ParamValue | undefined,
): Hyperparameter {
  if (!tuned.includes(name)) return { type: 'fixed', value: value ?? defaultOf(space, name) }
  const { when: _, ...own } = space.get(name)
  return (value === undefined ? own : { ...own, default: value }) as Hyperparameter
}

function requireVaries(space: Space, name: string): void {
  if (!space.names.includes(name)) {
    throw new RondoError('RONDO_USAGE', {
      message: `There is no hyperparameter “${name}” to tune.${didYouMean(name, space.names)}`,
      value: name,
      place: { field: '--tune', param: name },
      remedy: `Use some of ${space.names.join(', ')}, or add it with --set.`,
    })
  }
  if (space.get(name).type === 'fixed') {
    throw new RondoError('RONDO_USAGE', {
      message: `“${name}” has one value only in this space, so that there is nothing to tune.`,
      value: name,
      place: { field: '--tune', param: name },
      remedy: `Give it values with --set, such as --set ${name}=….`,
    })
  }
}
