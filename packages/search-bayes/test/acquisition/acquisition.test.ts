import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AcquisitionName, acquisitionOver } from '../../src/acquisition/acquisition.ts'

const names: readonly AcquisitionName[] = ['logei', 'ei', 'pi', 'ucb']

describe.each(names)('%s', (acquisition) => {
  const merit = acquisitionOver(0.3, { acquisition, kappa: 2, xi: 0.1 })
  // Nearer to certainty improvement and probability reach 0 and 1 in floating point: logei is for that.
  const mean = fc.double({ min: -2, max: 2, noNaN: true })
  const sd = fc.double({ min: 0.2, max: 2, noNaN: true })

  it('has derivatives that agree with differences', () => {
    fc.assert(
      fc.property(mean, sd, (m, s) => {
        const { byMean, bySd } = merit(m, s)
        const h = 1e-6
        const dm = (merit(m + h, s).value - merit(m - h, s).value) / (2 * h)
        const ds = (merit(m, s + h).value - merit(m, s - h).value) / (2 * h)
        expect(Math.abs(byMean - dm)).toBeLessThan(1e-4 * (1 + Math.abs(dm)))
        expect(Math.abs(bySd - ds)).toBeLessThan(1e-4 * (1 + Math.abs(ds)))
      }),
    )
  })

  it('prefers the higher mean at equal uncertainty', () => {
    fc.assert(
      fc.property(mean, sd, (m, s) => {
        expect(merit(m + 0.1, s).value).toBeGreaterThan(merit(m, s).value)
      }),
    )
  })
})

it('expected improvement is the integral that defines it', () => {
  const [best, mean, sd, xi] = [0.3, 0.1, 0.8, 0.1]
  const { value } = acquisitionOver(best, { acquisition: 'ei', kappa: 0, xi })(mean, sd)
  let integral = 0
  const h = 1e-4
  for (let f = best + xi; f < mean + 9 * sd; f += h) {
    const z = (f + h / 2 - mean) / sd
    integral += ((f + h / 2 - best - xi) * Math.exp(-0.5 * z * z) * h) / (sd * Math.sqrt(2 * Math.PI))
  }
  expect(value).toBeCloseTo(integral, 6)
})

it('logei is the logarithm of expected improvement', () => {
  const ei = acquisitionOver(0.3, { acquisition: 'ei', kappa: 0, xi: 0 })(0.1, 0.8).value
  expect(acquisitionOver(0.3, { acquisition: 'logei', kappa: 0, xi: 0 })(0.1, 0.8).value).toBeCloseTo(
    Math.log(ei),
    12,
  )
})
