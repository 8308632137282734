import {
  defineSpace,
  type Params,
  type ParamValue,
  RondoError,
  type Space,
  type StudyReading,
} from '@rondo/core'

/**
 * Whole params from those chosen by hand: what is not chosen is as in `base`, and where that has no value, the default.
 * What is chosen is kept even where it cannot be, so that its name and value are in the error.
 *
 * @throws RONDO_PARAMS_INVALID
 */
export function completeParams(space: Space, base: Params, chosen: Params): Params {
  const own = asInSpace(space, chosen)
  const params: { [name: string]: ParamValue } = {}
  for (const name of space.names) {
    if (space.isActive(name, params)) params[name] = own[name] ?? base[name] ?? defaultOf(space, name)
  }
  const whole = { ...params, ...own }
  validate(space, whole)
  return whole
}

/** The choice of the space that is written the same: a command line cannot tell the text `364` from the number. */
function asInSpace(space: Space, chosen: Params): Params {
  const entries = Object.entries(chosen).map(([name, value]) => {
    const known = space.names.includes(name) ? space.get(name) : undefined
    if (known?.type !== 'choice' || known.values.includes(value)) return [name, value] as const
    return [name, known.values.find((other) => String(other) === String(value)) ?? value] as const
  })
  return Object.fromEntries(entries)
}

function validate(space: Space, params: Params): void {
  try {
    space.validate(params)
  } catch (error) {
    if (!(error instanceof RondoError) || error.code !== 'RONDO_PARAMS_INVALID') throw error
    const { code, message, value, place } = error
    throw new RondoError(code, {
      message,
      ...(value === undefined ? {} : { value }),
      place,
      remedy: `Give another value, or begin a study whose space has this one: --study … --set ${place.param ?? 'name'}=….`,
      cause: error,
    })
  }
}

/** The default of one hyperparameter, whether or not it is active in the untuned default. */
export function defaultOf(space: Space, name: string): ParamValue {
  return spaceOfOne(space, name).defaults()![name]!
}

/** One hyperparameter of a space by itself, without its condition. */
export function spaceOfOne(space: Space, name: string): Space {
  const { when: _, ...unconditional } = space.get(name)
  return defineSpace({ [name]: unconditional })
}

/**
 * The params of a trial of a study, or of its best.
 *
 * @throws RONDO_STUDY_NO_TRIAL, RONDO_STUDY_NO_RESULT
 */
export function paramsOfTrial({ name, state }: StudyReading, wanted: number | 'best'): Params {
  if (wanted === 'best') {
    if (state.best !== undefined) return state.best.params
    throw new RondoError('RONDO_STUDY_NO_RESULT', {
      message: `No trial of study “${name}” has a value yet, so that there is no best to start from.`,
      place: { study: name },
    })
  }
  const trial = state.trials[wanted]
  if (trial !== undefined) return trial.params
  throw new RondoError('RONDO_STUDY_NO_TRIAL', {
    message: `Study “${name}” has no trial ${wanted}; it has ${state.trials.length}.`,
    value: wanted,
    place: { study: name },
  })
}
