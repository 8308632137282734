import type { Params, Rng, RondoError, Suggestion, SuggestRequest } from '@rondo/core'
import { firstUntried } from './first-untried.ts'

/** Draws before it looks for what is left: while a hundredth of the space is untried, they miss it once in 20,000. */
const MOST_DRAWS = 1_000
/** Numbers drawn before it does so: where constraints refuse nearly all draws, a thousand would take minutes. */
const MOST_NUMBERS = 500_000

/**
 * Params that have not been tried; or `exhausted` when a finite space has none left.
 *
 * @throws RONDO_SPACE_INFEASIBLE
 */
export function suggestRandom({ space, history, rng }: SuggestRequest): Suggestion {
  const counted = countedUniform(rng)
  let drawsFailed: RondoError | undefined
  for (let draw = 0; draw < MOST_DRAWS && counted.numbers() < MOST_NUMBERS; draw++) {
    let params: Params
    try {
      params = space.sample(counted.rng)
    } catch (error) {
      if (!isInfeasible(error)) throw error
      drawsFailed = error
      break
    }
    if (!history.hasTried(params)) return { params }
  }
  const left = Number.isFinite(space.size) ? firstUntried(space, history, rng.uniform()) : undefined
  if (left !== undefined) return { params: left }
  if (drawsFailed !== undefined && history.trials.length === 0) throw drawsFailed
  return 'exhausted'
}

/** The same generator, with a count of the numbers drawn. */
function countedUniform(rng: Rng): { readonly rng: Rng; readonly numbers: () => number } {
  let numbers = 0
  const counting = <A extends readonly unknown[], R>(draw: (...args: A) => R) => {
    return (...args: A): R => {
      numbers++
      return draw(...args)
    }
  }
  return {
    numbers: () => numbers,
    rng: {
      uniform: counting(() => rng.uniform()),
      uint32: counting(() => rng.uint32()),
      integer: counting((low: number, high: number) => rng.integer(low, high)),
      normal: counting(() => rng.normal()),
      permutation: counting((n: number) => rng.permutation(n)),
    },
  }
}

// Two copies of core may be loaded: the code tells, not the class.
const isInfeasible = (error: unknown): error is RondoError =>
  error instanceof Error && (error as Partial<RondoError>).code === 'RONDO_SPACE_INFEASIBLE'
