import { type DatasetDescription, defineSpace, deriveRng, type ModelBuilder, type Params } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultSpace, lstm, spaceFor } from '../src/index.ts'
import { COEFFICIENTS } from '../src/prior/coefficients.ts'
import { TERMS } from '../src/prior/features.ts'

const weather: DatasetDescription = {
  name: 'weather.csv',
  hash: '',
  task: 'forecast',
  rows: 1461,
  testRows: 219,
  features: ['temp_max'],
  targets: ['temp_max'],
  horizon: 1,
  outputs: 1,
  seasons: [7],
  bestLag: 1,
  sequential: true,
}

const priorMean = (options = {}, data = weather) =>
  (lstm(options).create() as ModelBuilder).priorMean!(defineSpace(spaceFor(data)))

describe('what is expected of an LSTM', () => {
  const expected = priorMean()

  test('has a coefficient for every term', () => {
    expect(COEFFICIENTS).toHaveLength(TERMS)
  })

  test('is that rates of the middle learn more than those of either end, and more epochs more than few', () => {
    const at = (learningRate: number, fidelity = 1) =>
      expected({ learningRate, optimizer: 'rmsprop' }, fidelity)
    expect(at(0.005)).toBeGreaterThan(at(1e-4) + 1)
    expect(at(0.005)).toBeGreaterThan(at(0.1))
    expect(at(0.005, 1)).toBeGreaterThan(at(0.005, 0.2))
    expect(at(0.005, 0.2)).toBeGreaterThan(at(0.005, 0))
  })

  test('is that the form of the target that suits the data does better', () => {
    const of = (targetTransform: string, data = weather) => priorMean({}, data)({ targetTransform }, 1)
    expect(of('level')).toBeGreaterThan(of('difference') + 0.5)
    expect(of('difference')).toBe(of('difference-7'))
    const weekly = { ...weather, bestLag: 7 }
    expect(of('difference-7', weekly)).toBeGreaterThan(of('difference', weekly) + 0.5)
    const rising = { ...weather, trend: true }
    expect(of('difference', rising)).toBeGreaterThan(of('level', rising) + 0.5)
  })

  test('is that an unsuitable level is further behind in the beginning than an unsuitable difference', () => {
    const rising = priorMean({}, { ...weather, trend: true })
    const leadAt = (fidelity: number) =>
      rising({ targetTransform: 'difference-7' }, fidelity) - rising({ targetTransform: 'level' }, fidelity)
    expect(leadAt(0)).toBeGreaterThan(leadAt(1))
  })

  test('takes what the space leaves out from the builder, and the rate that is used', () => {
    expect(priorMean({ units: 8, dropout: 0.4 })({}, 1)).toBe(expected({ units: 8, dropout: 0.4 }, 1))
    expect(expected({ 'units[1]': 8, 'units[2]': 128, layers: 2 }, 1)).toBe(
      expected({ layers: 2, units: 32 }, 1),
    )
    const scaled = priorMean({ learningRateScale: 'sqrt' })
    const params = { learningRate: 0.01, batchSize: 128 }
    expect(scaled(params, 1)).toBeCloseTo(expected({ ...params, learningRate: 0.02 }, 1), 12)
  })

  test('goes no further than what was tried: beyond its ranges it stays as at their ends', () => {
    expect(expected({ units: 4096 }, 1)).toBe(expected({ units: 128 }, 1))
    expect(expected({ learningRate: 10 }, 1)).toBe(expected({ learningRate: 0.1 }, 1))
    expect(expected({ batchSize: 1024, layers: 5 }, 1)).toBe(expected({ batchSize: 128, layers: 2 }, 1))
  })

  test('is a number of the order of 1 for every configuration of every default space', () => {
    const spaces = [defineSpace(defaultSpace), defineSpace(spaceFor(weather))]
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(...spaces),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, space, fidelity) => {
          const params: Params = space.sample(deriveRng({ seed, purpose: 'draw' }))
          expect(Math.abs(expected(params, fidelity))).toBeLessThan(6)
        },
      ),
    )
  })
})
