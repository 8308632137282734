import { describe, expect, it } from 'vitest'
import { type Differentiable, minimizeInBox } from '../../src/numerics/lbfgs.ts'

const rosenbrock: Differentiable = (x, gradient) => {
  const [a, b] = [x[0]!, x[1]!]
  gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a)
  gradient[1] = 200 * (b - a * a)
  return (1 - a) ** 2 + 100 * (b - a * a) ** 2
}

describe('minimising in a box', () => {
  it('finds the bottom of Rosenbrock’s valley', () => {
    const { x, value, evaluations } = minimizeInBox(rosenbrock, Float64Array.of(-1.2, 1), {
      lower: Float64Array.of(-5, -5),
      upper: Float64Array.of(5, 5),
      maxIterations: 200,
      gradientTolerance: 1e-8,
      valueTolerance: 0,
    })
    expect(value).toBeLessThan(1e-12)
    expect(x[0]).toBeCloseTo(1, 5)
    expect(evaluations).toBeLessThan(150)
  })

  it('stops at the bound where the valley leaves the box', () => {
    const { x } = minimizeInBox(rosenbrock, Float64Array.of(-1.2, 1), {
      lower: Float64Array.of(-5, -5),
      upper: Float64Array.of(0.5, 5),
      maxIterations: 200,
      gradientTolerance: 1e-8,
      valueTolerance: 0,
    })
    // On a = ½ the minimum over b is a².
    expect(x[0]).toBe(0.5)
    expect(x[1]).toBeCloseTo(0.25, 5)
  })

  it('keeps away from where the function has no value', () => {
    const { x } = minimizeInBox(
      (at, gradient) => {
        gradient[0] = 1 - 1 / at[0]!
        return at[0]! > 0 ? at[0]! - Math.log(at[0]!) : Number.POSITIVE_INFINITY
      },
      Float64Array.of(8),
      { lower: Float64Array.of(-10), upper: Float64Array.of(10), gradientTolerance: 1e-7, valueTolerance: 0 },
    )
    expect(x[0]).toBeCloseTo(1, 5)
  })

  it('returns a start without gradient as it is, brought into the box', () => {
    const { x } = minimizeInBox(() => 3, Float64Array.of(7), {
      lower: Float64Array.of(0),
      upper: Float64Array.of(1),
    })
    expect(x[0]).toBe(1)
  })
})
