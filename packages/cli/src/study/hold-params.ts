import {
  conditionsOf,
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
 * The space in which only `tuned` varies: every other hyperparameter is held at its value in `params`, and at its
 * default where it has none there. Those that vary have their value in `params` as their default, so that the first
 * trial is what the others are compared with. What is inactive at the held values is left out.
 *
 * @throws RONDO_USAGE where a name is not in the space, has one value only, or is inactive.
 */
export function heldSpace(space: Space, tuned: readonly string[], params: Params): SpaceDefinition {
  for (const name of tuned) requireVaries(space, name)
  const held: { [name: string]: ParamValue } = {}
  const definition: { [name: string]: Hyperparameter } = {}
  // Each comes after those that its condition refers to.
  for (const name of space.names) {
    const when = whenAmong(space, name, held, definition)
    if (when === 'inactive') {
      if (tuned.includes(name)) throw isInactive(name, space)
      continue
    }
    const entry = withoutCondition(space, name, tuned, params[name])
    if (entry.type === 'fixed') held[name] = entry.value
    definition[name] = when === undefined ? entry : { ...entry, when }
  }
  return definition
}

/** What is left of a condition where some hyperparameters are held. */
function whenAmong(
  space: Space,
  name: string,
  held: Params,
  definition: SpaceDefinition,
): Hyperparameter['when'] | 'inactive' {
  const { when } = space.get(name)
  if (when === undefined) return undefined
  for (const { parent, accepts } of conditionsOf(when)) {
    const value = held[parent]
    if (value === undefined ? definition[parent] === undefined : !accepts(value)) return 'inactive'
  }
  const open = Object.entries(when).filter(([parent]) => definition[parent]?.type !== 'fixed')
  return open.length === 0 ? undefined : Object.fromEntries(open)
}

function withoutCondition(
  space: Space,
  name: string,
  tuned: readonly string[],
  value: ParamValue | undefined,
): Hyperparameter {
  if (!tuned.includes(name)) return { type: 'fixed', value: value ?? defaultOf(space, name) }
  const { when: _, ...own } = space.get(name)
  return (value === undefined ? own : { ...own, default: value }) as Hyperparameter
}

function isInactive(name: string, space: Space): RondoError {
  const parents = Object.keys(space.get(name).when ?? {})
  return new RondoError('RONDO_USAGE', {
    message: `“${name}” is not active where ${parents.join(' and ')} ${parents.length === 1 ? 'is' : 'are'} held.`,
    value: name,
    place: { field: '--tune', param: name },
    remedy: `Tune ${parents.join(', ')} as well: --tune ${[...parents, name].join(',')}.`,
  })
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
