import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { negativeLogPosterior } from '../../src/gp/fit.ts'
import { marginalLikelihood } from '../../src/gp/marginal-likelihood.ts'
import { Posterior } from '../../src/gp/posterior.ts'
import { standardPrior } from '../../src/gp/prior.ts'

const metric = [false, false, true]
const rows = {
  x: Float64Array.of(0.1, 0.2, 0, 0.4, 0.9, 1, 0.8, 0.5, 0, 0.3, 0.3, 1, 0.95, 0.05, 1),
  y: Float64Array.of(-1, 0.5, 1.2, -0.3, 0.1),
  repeats: Float64Array.of(1, 1, 2, 1, 1),
}
const theta = Float64Array.of(0.3, 0.7, 1.1, 1.3, 0.02).map(Math.log)

describe('the posterior', () => {
  it('predicts what NumPy computes from the textbook equations', () => {
    const mean = new Float64Array(3)
    const sd = new Float64Array(3)
    const points = Float64Array.of(0.5, 0.5, 0, 0.1, 0.2, 0, 0.9, 0.1, 1)
    new Posterior(rows, theta, metric).predictMany(points, 3, mean, sd)
    const expected = [
      [0.4490816899494474, -0.9837166641717272, 0.18713775283058426],
      [0.8391715810851054, 0.1400802956931346, 0.28060225993024074],
    ]
    for (const [i, values] of [mean, sd].entries()) {
      for (const [j, v] of values.entries()) expect(v).toBeCloseTo(expected[i]![j]!, 8)
    }
  })

  it('refuses a row that is no number, rather than looking for a jitter for ever', () => {
    const x = rows.x.with(0, Number.NaN)
    expect(() => new Posterior({ ...rows, x }, theta, metric)).toThrow(
      expect.objectContaining({ code: 'RONDO_INTERNAL' }),
    )
  })

  it('has gradients that agree with differences', () => {
    const posterior = new Posterior(rows, theta, metric)
    const unit = fc.double({ min: 0.01, max: 0.99, noNaN: true })
    fc.assert(
      fc.property(unit, unit, fc.integer({ min: 0, max: 1 }), (a, b, c) => {
        const point = Float64Array.of(a, b, c)
        const byMean = new Float64Array(3)
        const bySd = new Float64Array(3)
        const { mean, sd } = posterior.predictWithGradient(point, byMean, bySd)
        const same = posterior.predict(point)
        expect(mean).toBeCloseTo(same.mean, 10)
        expect(sd).toBeCloseTo(same.sd, 10)
        for (const dimension of [0, 1]) {
          const h = 1e-5
          const at = (step: number) =>
            posterior.predict(point.map((v, i) => (i === dimension ? v + step : v)))
          const [up, down] = [at(h), at(-h)]
          expect(byMean[dimension]).toBeCloseTo((up.mean - down.mean) / (2 * h), 4)
          expect(bySd[dimension]).toBeCloseTo((up.sd - down.sd) / (2 * h), 4)
        }
      }),
    )
  })

  it('bears the same configuration measured twice without noise', () => {
    const noiseless = Float64Array.of(0, 0, 0, 0, Math.log(1e-6))
    const twice = {
      x: Float64Array.of(0.5, 0.5, 0, 0.5, 0.5, 0),
      y: Float64Array.of(1, 1),
      repeats: Float64Array.of(1, 1),
    }
    expect(new Posterior(twice, noiseless, metric).predict(Float64Array.of(0.5, 0.5, 0)).mean).toBeCloseTo(
      1,
      4,
    )
  })
})

describe('the log posterior of theta', () => {
  const likelihood = marginalLikelihood(rows, metric)
  const f = negativeLogPosterior(likelihood, standardPrior(3))

  it('is the likelihood that NumPy computes, plus the prior', () => {
    expect(likelihood.negativeLog(theta)).toBeCloseTo(1.4781846628520727, 7)
    const gradient = new Float64Array(5)
    const prior = standardPrior(3).addTo(theta, new Float64Array(5))
    expect(f(theta, gradient) - prior).toBeCloseTo(1.4781846628520727, 7)
  })

  it('has a gradient that agrees with differences', () => {
    const component = fc.double({ min: -1.5, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(component, component, component, component, component), (at) => {
        const here = Float64Array.from(at)
        const gradient = new Float64Array(5)
        f(here, gradient)
        for (let i = 0; i < 5; i++) {
          const h = 1e-5
          const value = (step: number) =>
            f(
              here.map((v, j) => (i === j ? v + step : v)),
              new Float64Array(5),
            )
          const difference = (value(h) - value(-h)) / (2 * h)
          expect(Math.abs(gradient[i]! - difference)).toBeLessThan(1e-4 * (1 + Math.abs(difference)))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('is the same of repeated measurements as of their means and deviations, up to a constant', () => {
    // The third row was measured as 1 and 1.4, the others once.
    const single = {
      x: Float64Array.of(...rows.x, ...rows.x.subarray(6, 9)),
      y: Float64Array.of(-1, 0.5, 1, -0.3, 0.1, 1.4),
      repeats: new Float64Array(6).fill(1),
    }
    const summed = { ...rows, within: { squares: 0.2 ** 2 + 0.2 ** 2, freedom: 1 } }
    const difference = (at: Float64Array): number =>
      marginalLikelihood(single, metric).withGradient(at, new Float64Array(5)) -
      marginalLikelihood(summed, metric).withGradient(at, new Float64Array(5))
    const component = fc.double({ min: -1.5, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(component, component, component, component, component), (at) => {
        expect(difference(Float64Array.from(at))).toBeCloseTo(difference(theta), 6)
      }),
      { numRuns: 30 },
    )
    const gradients = [single, summed].map((of) => {
      const gradient = new Float64Array(5)
      marginalLikelihood(of, metric).withGradient(theta, gradient)
      return [...gradient]
    })
    for (let i = 0; i < 5; i++) expect(gradients[0]![i]).toBeCloseTo(gradients[1]![i]!, 6)
    expect(marginalLikelihood(summed, metric).negativeLog(theta)).toBeCloseTo(
      marginalLikelihood(summed, metric).withGradient(theta, new Float64Array(5)),
      8,
    )
  })
})
