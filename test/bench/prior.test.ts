import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fitPrior } from '../../bench/curves/fit-prior.ts'
import { ownCurves, withPriorMeans } from '../../bench/multi-fidelity/own-curves.ts'
import { type StoredCurves, taskOf } from '../../bench/multi-fidelity/tasks.ts'
import { COEFFICIENTS } from '../../packages/models-lstm/src/prior/coefficients.ts'

const series = ownCurves(fileURLToPath(new URL('../../bench/curves/data', import.meta.url)))

test('the prior mean that is shipped is what the stored curves teach', () => {
  const fitted = fitPrior(series)
  expect(fitted).toHaveLength(COEFFICIENTS.length)
  for (const [i, c] of fitted.entries()) expect(COEFFICIENTS[i]).toBeCloseTo(c, 4)
})

test('of a series that it has not seen, what is expected to do best does better than most', () => {
  const means = withPriorMeans(series).map((one) => {
    const task = taskOf(one)
    const regrets = one.configurations.map((_, i) => task.regret(i, one.epochs))
    const ordered = regrets.toSorted((a, b) => a - b)
    const favourites = one.configurations
      .map((params, i) => ({ expected: one.priorMean!(params, 1), place: ordered.indexOf(regrets[i]!) }))
      .toSorted((a, b) => b.expected - a.expected)
      .slice(0, 15)
    return favourites.reduce((sum, { place }) => sum + place, 0) / favourites.length / regrets.length
  })
  expect(means).toHaveLength(8)
  for (const mean of means) expect(mean).toBeLessThan(0.3)
})

test('a series has no part in what is expected of it', () => {
  const [first, ...others] = series
  const upsideDown: StoredCurves = {
    ...first!,
    curves: first!.curves.map((trainings) => trainings.map((curve) => curve.map((value) => -value))),
  }
  const expectedOf = (all: readonly StoredCurves[]): number[] => {
    const { configurations, priorMean } = withPriorMeans(all)[0]!
    return configurations.map((params) => priorMean!(params, 1))
  }
  expect(expectedOf([upsideDown, ...others])).toEqual(expectedOf(series))
})
