import { type History, type Params, RondoError, type Space } from '@rondo/core'
import type { Encoding } from './encoding/encoding.ts'
import { unscaledDistance } from './gp/covariance.ts'

/**
 * The candidates that satisfy the constraints.
 *
 * @throws RONDO_OPTION_INVALID for one that is not of the space, by its place in the list, and where none satisfies
 * the constraints.
 */
export function checkedCandidates(candidates: readonly Params[], space: Space): readonly Params[] {
  for (const [i, params] of candidates.entries()) {
    try {
      space.validate(params)
    } catch (error) {
      if (!(error instanceof RondoError)) throw error
      throw new RondoError('RONDO_OPTION_INVALID', {
        message: `candidates[${i}]: ${error.message}`,
        value: params,
        place: { ...error.place, field: `candidates[${i}]` },
        remedy: 'Correct it, or leave it out of `candidates`: each must be a configuration of the space.',
      })
    }
  }
  const allowed = candidates.filter((params) => space.satisfies(params))
  if (allowed.length > 0) return allowed
  throw new RondoError('RONDO_OPTION_INVALID', {
    message: 'None of `candidates` satisfies the constraints of the space.',
    value: candidates.length,
    place: { field: 'candidates' },
    remedy: 'List configurations that satisfy them, or take constraints away.',
  })
}

/** Those that were not tried. */
export const untriedOf = (candidates: readonly Params[], history: History): readonly Params[] =>
  candidates.filter((params) => !history.hasTried(params))

/** Whether params are among the candidates, whose keys are made once that is asked. */
export function memberOf(candidates: readonly Params[], space: Space): (params: Params) => boolean {
  let keys: ReadonlySet<string> | undefined
  return (params) => {
    keys ??= new Set(candidates.map((candidate) => space.keyOf(candidate)))
    return keys.has(space.keyOf(params))
  }
}

/** Of one candidate or more that whose features are nearest to those of `params`; of several the first. */
export function nearest(candidates: readonly Params[], params: Params, { metric, encode }: Encoding): Params {
  const [wanted, own] = [new Float64Array(metric.length), new Float64Array(metric.length)]
  encode(params, wanted)
  let least = Number.POSITIVE_INFINITY
  let found = candidates[0]!
  for (const candidate of candidates) {
    encode(candidate, own)
    const distance = unscaledDistance(wanted, 0, own, 0, metric)
    if (distance < least) [least, found] = [distance, candidate]
  }
  return found
}
