import type { Expectations } from '@rondo/core'
import type { Standing } from './standing.ts'

/** With so many trials trained in full what is expected rests on full trainings of this very data, and decides alone. */
const TRUSTED_AFTER = 3

/**
 * Trials at a rung in the order in which they are to go on, the best first: by the mean of their ranks by value and by what
 * is expected of them with the full budget, ties by value. What leads at the first rung is what learns fast, and that is
 * not what is best in the end; the search strategy may know of that, but at first it knows little of the data. Once some
 * trials are trained in full the order is by what is expected alone.
 *
 * @param byValue The best value first.
 * @param inFull The number of trials of which the value in full is known.
 */
export function orderedByBoth(
  byValue: readonly Standing[],
  expectations: Expectations,
  inFull: number,
): readonly Standing[] {
  const expectedOf = ({ trial: { number } }: Standing): number =>
    expectations.get(number) ?? Number.NEGATIVE_INFINITY
  // Where nothing is expected of two, the difference is NaN, which sorts as 0.
  const byExpectation = byValue.toSorted((a, b) => expectedOf(b) - expectedOf(a))
  if (inFull >= TRUSTED_AFTER) return byExpectation
  const places = new Map(byExpectation.map((standing, place) => [standing, place]))
  const sums = byValue.map((standing, place) => ({ standing, sum: place + places.get(standing)! }))
  return sums.toSorted((a, b) => a.sum - b.sum).map(({ standing }) => standing)
}
