import { expect, it } from 'vitest'
import { matern52, matern52Slope } from '../../src/numerics/matern.ts'

// 2^(1−ν)/Γ(ν)·(√(2ν)·r)^ν·K_ν(√(2ν)·r) with ν = 5/2, by SciPy's Bessel function.
it.each([
  [0.1, 0.9917592361711776],
  [0.5, 0.8286491424181256],
  [1, 0.5239941088318205],
  [2.5, 0.06351021454894377],
  [6, 0.00011091666419354635],
])('the kernel at distance %d is what SciPy gives, and its slope that of differences', (r, expected) => {
  const squared = r * r
  expect(Math.abs(matern52(squared) / expected - 1)).toBeLessThan(1e-12)
  const h = 1e-5 * squared
  const difference = (matern52(squared + h) - matern52(squared - h)) / (2 * h)
  expect(Math.abs(matern52Slope(squared) / difference - 1)).toBeLessThan(1e-7)
})

it('the kernel at distance 0 is 1, with a finite slope', () => {
  expect(matern52(0)).toBe(1)
  expect(matern52Slope(0)).toBeCloseTo(-5 / 6, 14)
})
