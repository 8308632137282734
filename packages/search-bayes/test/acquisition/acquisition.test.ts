import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AcquisitionName, acquisitionOver } from '../../src/acquisition/acquisition.ts'

const names: readonly AcquisitionName[] = ['logei', 'ei', 'pi', 'ucb']

describe.each(names)('%s', (acquisition) => {
  const merit = acquisitionOver(0.3, 0.05, { acquisition, kappa: 2, xi: 0.1 })
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
  const { value } = acquisitionOver(best, 0, { acquisition: 'ei', kappa: 0, xi })(mean, sd)
  let integral = 0
  const h = 1e-4
  for (let f = best + xi; f < mean + 9 * sd; f += h) {
    const z = (f + h / 2 - mean) / sd
    integral += ((f + h / 2 - best - xi) * Math.exp(-0.5 * z * z) * h) / (sd * Math.sqrt(2 * Math.PI))
  }
  expect(value).toBeCloseTo(integral, 6)
})

it('logei is the logarithm of expected improvement', () => {
  const ei = acquisitionOver(0.3, 0, { acquisition: 'ei', kappa: 0, xi: 0 })(0.1, 0.8).value
  expect(acquisitionOver(0.3, 0, { acquisition: 'logei', kappa: 0, xi: 0 })(0.1, 0.8).value).toBeCloseTo(
    Math.log(ei),
    12,
  )
})

it('a noisy measurement where much is known is worth less than where little is', () => {
  const worth = (noise: number, sd: number) =>
    acquisitionOver(0, noise, { acquisition: 'ei', kappa: 0, xi: 0 })(0, sd).value
  // With measurements ten times as uncertain as the function, there is hardly anything to gain.
  expect(worth(1, 0.1) / worth(0, 0.1)).toBeLessThan(0.11)
  expect(worth(1, 3) / worth(0, 3)).toBeGreaterThan(0.9)
})
