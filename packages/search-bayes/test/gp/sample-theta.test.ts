import { deriveRng } from '@rondo/core'
import { describe, expect, it } from 'vitest'
import { standardPrior } from '../../src/gp/prior.ts'
import { sampleTheta } from '../../src/gp/sample-theta.ts'

const prior = standardPrior(1)
const moments = (draws: readonly Float64Array[], i: number): { mean: number; sd: number } => {
  const mean = draws.reduce((sum, t) => sum + t[i]!, 0) / draws.length
  return { mean, sd: Math.sqrt(draws.reduce((sum, t) => sum + (t[i]! - mean) ** 2, 0) / draws.length) }
}

describe('draws of theta', () => {
  it('follow the prior where the data says nothing', () => {
    const rng = deriveRng({ seed: 1, purpose: 'test' })
    const flat = { negativeLog: () => 0, withGradient: () => 0 }
    const draws = sampleTheta(flat, prior, { start: prior.median, count: 4000, thin: 1, rng })
    for (const i of [0, 1, 2]) {
      const { mean, sd } = moments(draws, i)
      expect(Math.abs(mean - prior.median[i]!)).toBeLessThan(0.12 * prior.sd[i]!)
      expect(Math.abs(sd / prior.sd[i]! - 1)).toBeLessThan(0.12)
    }
  })

  it('follow the product of prior and likelihood', () => {
    const rng = deriveRng({ seed: 2, purpose: 'test' })
    // A normal likelihood around 1 with standard deviation ½ for ln ℓ: with the prior N(−0.2, 1) both are known.
    const normal = { negativeLog: (theta: Float64Array) => 2 * (theta[0]! - 1) ** 2, withGradient: () => 0 }
    const draws = sampleTheta(normal, prior, { start: prior.median, count: 4000, thin: 2, rng })
    const { mean, sd } = moments(draws, 0)
    expect(mean).toBeCloseTo((-0.2 + 4) / 5, 1)
    expect(sd).toBeCloseTo(Math.sqrt(1 / 5), 1)
  })
})
