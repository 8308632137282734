import { type ParamValue, RondoError, type Space, type TrialRecord } from '@rondo/core'
import { spaceOfOne } from './manual-params.ts'

/** A trial whose params a study holds, and with which it begins. */
interface Reference {
  readonly study: string
  readonly best: TrialRecord
}

/**
 * Checks that the space, as it is now, allows the values of `best`: --set, or a config that was changed, may leave one
 * out.
 *
 * @throws RONDO_USAGE naming the first value that it does not allow.
 */
export function requireAllowed(space: Space, tuned: readonly string[], { study, best }: Reference): void {
  for (const name of space.names) {
    const value = best.params[name]
    const reason = value === undefined ? undefined : whyNot(space, name, value)
    if (value === undefined || reason === undefined) continue
    const trial = `trial ${best.number}, the best of ${study}, where ${reason}`
    const varies = tuned.includes(name)
    throw new RondoError('RONDO_USAGE', {
      message: varies
        ? `A study of --tune begins with ${trial}`
        : `“${name}” is not tuned, but held as in ${trial}`,
      value,
      place: { field: '--set', param: name, study, trial: best.number },
      remedy: varies
        ? `Give “${name}” values that ${value} is among${hint(space, name, value)}.`
        : `Leave --set ${name}=… out, or tune it as well, with values that ${value} is among: --tune ${[...tuned, name].join(',')}.`,
    })
  }
}

/** Why a hyperparameter cannot have a value, as a sentence; `undefined` where it can. */
function whyNot(space: Space, name: string, value: ParamValue): string | undefined {
  try {
    spaceOfOne(space, name).validate({ [name]: value })
    return undefined
  } catch (error) {
    if (error instanceof RondoError && error.code === 'RONDO_PARAMS_INVALID') return error.message
    throw error
  }
}

/** Ends without a point make a range one of integers, which is easily overlooked. */
function hint(space: Space, name: string, value: ParamValue): string {
  const parameter = space.get(name)
  if (parameter.type !== 'int' || typeof value !== 'number' || Number.isInteger(value)) return ''
  return `; a range of floats has an end with a point, such as ${parameter.low}.0..${parameter.high}`
}
