import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logExpectedExcess, logNormalCdf, normalCdf, normalQuantile } from '../../src/numerics/normal.ts'

const near = (actual: number, expected: number, relative: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-300))
}

describe('the normal distribution', () => {
  it.each([
    [-40, -804.6084420137539],
    [-10, -53.23128515051248],
    [-1, -1.8410216450092634],
    [-0.1, -0.7761545927302733],
    [0.5, -0.36894641528865635],
    [3, -0.0013508099647481925],
  ])('ln Φ(%d) is what SciPy gives', (z, expected) => near(logNormalCdf(z), expected, 1e-13))

  it.each([
    [1e-300, -37.0470962993612],
    [1e-10, -6.361340902404056],
    [0.01, -2.3263478740408408],
    [0.3, -0.5244005127080409],
    [0.975, 1.959963984540054],
  ])('the quantile of %d is what SciPy gives', (p, expected) => near(normalQuantile(p), expected, 1e-12))

  it('has quantiles that undo the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-6, noNaN: true }), (p) =>
        near(normalCdf(normalQuantile(p)), p, 1e-10),
      ),
    )
  })
})

describe('ln(φ + zΦ)', () => {
  // From mpmath with 800 digits: value, and derivative Φ / (φ + zΦ).
  it.each([
    [-60, -1809.1084601822722, 60.03330560942051],
    [-30, -457.724653760598, 30.06644615416242],
    [-24, -295.2802232348049, 24.08290449180149],
    [-5, -16.74430116266099, 5.361816241288088],
    [-1.5, -3.52993592080571, 2.2795806941564463],
    [-0.5, -1.6205162643873199, 1.5598731483480797],
    [0, -0.9189385332046728, 1.2533141373155003],
    [2, 0.6973835457882284, 0.48655931878528386],
  ])('at %d', (z, value, slope) => {
    const actual = logExpectedExcess(z)
    near(actual.value, value, 1e-10)
    near(actual.slope, slope, 1e-8)
  })

  it('stays finite and rising where expected improvement itself underflows', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 10, noNaN: true }), (z) => {
        const { value, slope } = logExpectedExcess(z)
        expect(Number.isFinite(value)).toBe(true)
        expect(slope).toBeGreaterThan(0)
      }),
    )
  })
})
