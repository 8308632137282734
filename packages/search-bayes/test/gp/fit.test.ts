import { deriveRng } from '@rondo/core'
import { expect, it } from 'vitest'
import { fitTheta } from '../../src/gp/fit.ts'
import { marginalLikelihood } from '../../src/gp/marginal-likelihood.ts'
import { standardPrior } from '../../src/gp/prior.ts'

it('finds out which dimension matters and how much noise there is', () => {
  const rng = deriveRng({ seed: 5, purpose: 'test' })
  const n = 60
  const x = Float64Array.from({ length: 2 * n }, () => rng.uniform())
  const y = Float64Array.from({ length: n }, (_, i) => Math.sin(7 * x[2 * i]!) + 0.1 * rng.normal())
  const rows = { x, y, repeats: new Float64Array(n).fill(1) }
  const theta = fitTheta(marginalLikelihood(rows, [false, false]), standardPrior(2), {
    anew: true,
    random: 1,
    rng,
  })
  const [relevant, irrelevant, , noise] = [...theta].map(Math.exp)
  expect(irrelevant! / relevant!).toBeGreaterThan(4)
  expect(Math.sqrt(noise!)).toBeGreaterThan(0.05)
  expect(Math.sqrt(noise!)).toBeLessThan(0.2)
})

it('leaves a known noise as it is', () => {
  const rng = deriveRng({ seed: 6, purpose: 'test' })
  const rows = {
    x: Float64Array.of(0, 0.5, 1),
    y: Float64Array.of(-1, 1, 0),
    repeats: new Float64Array(3).fill(1),
  }
  expect(
    Math.exp(
      fitTheta(marginalLikelihood(rows, [false]), standardPrior(1, 0.25), { anew: true, random: 1, rng })[2]!,
    ),
  ).toBeCloseTo(0.25, 12)
})
