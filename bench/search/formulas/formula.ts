import { defineSpace, deriveRng, float, minimize, type Params, type SpaceDefinition } from '@rondo/core'
import type { Problem } from '../problem.ts'

/** A problem that can be computed. A file that exports one as `formula` in a suite's folder adds it to the suite. */
export interface Formula {
  readonly name: string
  readonly definition: SpaceDefinition
  /** The least value there is, or a bound on it. */
  readonly best: number
  /** Shares of the distance from the best to the median that the normal noise of a measurement has; one problem each. */
  readonly noises: readonly number[]
  /** The exact value, to be minimised; NaN where the configuration fails. */
  readonly value: (params: Params) => number
}

/** `d` real parameters x0, x1, … in low … high. */
export const cube = (d: number, low: number, high: number): SpaceDefinition =>
  Object.fromEntries(Array.from({ length: d }, (_, i) => [`x${i}`, float(low, high)]))

/** The numbers of params in their order. */
export const vector = (params: Params): number[] => Object.values(params).map(Number)

/** The problems of a formula, one for each of its noises. */
export function problemsOf({ name, definition, best, noises, value }: Formula): Problem[] {
  const space = defineSpace(definition)
  const rng = deriveRng({ seed: 0, purpose: 'median' })
  const drawn = Array.from({ length: 2001 }, () => value(space.sample(rng))).filter((v) => !Number.isNaN(v))
  const median = drawn.sort((a, b) => a - b)[Math.floor(drawn.length / 2)]!
  return noises.map((noise) => ({
    name: noise === 0 ? name : `${name}~${noise}`,
    space,
    objective: minimize('value'),
    measure: (params, seed, repeat) => {
      const purpose = `noise ${space.keyOf(params)}`
      return value(params) + noise * (median - best) * deriveRng({ seed, purpose, step: repeat }).normal()
    },
    regret: (params) => {
      const exact = value(params)
      return Number.isNaN(exact) ? 1 : (exact - best) / (median - best)
    },
  }))
}
