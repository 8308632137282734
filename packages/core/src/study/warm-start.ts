import type { Store } from '../contracts/store.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { Params, ParamValue } from '../space/hyperparameter.ts'
import type { Space } from '../space/space.ts'
import type { StudyConfig } from './config.ts'
import { readStudy } from './read-study.ts'

/** Configurations that are taken over where the config does not say how many. */
const TAKEN_OVER = 5

/**
 * The best configurations of an earlier study that fit into `space`, the best first. Their values are not taken over:
 * they may have been measured on other data.
 *
 * @param others Params that are tried anyway.
 * @throws RONDO_STUDY_NOT_FOUND, RONDO_CONFIG_INVALID where none fits
 */
export function warmStartParams(
  { study, trials = TAKEN_OVER }: NonNullable<StudyConfig['warmStart']>,
  store: Store,
  space: Space,
  others: readonly Params[],
): readonly Params[] {
  const log = store.open(study, 'read')
  try {
    const { state } = readStudy(log)
    const leaders = state.ranking.first(state.trials.length)
    const known = new Set(others.map((params) => space.keyOf(params)))
    const fitting = leaders
      .map(({ trial }) => fitted(state.trials[trial]!.params, space))
      .filter((params) => params !== undefined)
    const fresh = fitting.filter((params) => {
      const key = space.keyOf(params)
      return !known.has(key) && known.add(key)
    })
    if (fitting.length > 0) return fresh.slice(0, trials)
    throw new RondoError('RONDO_CONFIG_INVALID', {
      message:
        leaders.length === 0
          ? `Study “${study}” has no trial with a value to start from.`
          : `None of the ${leaders.length} configurations of study “${study}” fits into the space of this one.`,
      value: study,
      place: { field: 'warmStart' },
      remedy: 'Name a study of the same hyperparameters, or leave the warm start out.',
    })
  } finally {
    log.close()
  }
}

/** Params with the names of `space`; `undefined` where they break its bounds or constraints. */
function fitted(params: Params, space: Space): Params | undefined {
  const defaults = space.defaults() ?? {}
  const result: { [name: string]: ParamValue } = {}
  for (const name of space.names) {
    if (!space.isActive(name, result)) continue
    const fixed = space.get(name)
    const value = fixed.type === 'fixed' ? fixed.value : (params[name] ?? defaults[name])
    if (value === undefined) return undefined
    result[name] = value
  }
  return isValid(result, space) ? result : undefined
}

function isValid(params: Params, space: Space): boolean {
  try {
    space.validate(params)
    return space.satisfies(params)
  } catch {
    return false
  }
}
