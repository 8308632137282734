import { boolean, choice, defineSpace, deriveRng, fixed, float, int } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodingOf } from '../../src/encoding/encoding.ts'
import { scaleOf } from '../../src/encoding/scale.ts'

const space = defineSpace({
  units: int(16, 512, { log: true }),
  layers: int(1, 3),
  learningRate: float(1e-4, 1e-1, { log: true }),
  dropout: float(0, 0.5, { step: 0.1 }),
  batchSize: choice([16, 32, 64, 128]),
  optimizer: choice(['adam', 'rmsprop', 'sgd']),
  momentum: float(0, 0.99, { when: { optimizer: 'sgd' } }),
  bidirectional: boolean(),
  epochs: fixed(10),
})
const encoding = encodingOf(space)

describe('the encoding', () => {
  it('takes any params to positions and back', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const params = space.sample(deriveRng({ seed, purpose: 'test' }))
        const back = encoding.paramsAt(encoding.positionsOf(params))
        expect(Object.keys(back)).toEqual(Object.keys(params))
        for (const [name, value] of Object.entries(params)) {
          if (typeof value === 'number') expect(back[name]).toBeCloseTo(value, 9)
          else expect(back[name]).toBe(value)
        }
      }),
    )
  })

  it('makes valid params of any positions', () => {
    const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    const many = fc.array(uniform, {
      minLength: encoding.coordinates.length,
      maxLength: encoding.coordinates.length,
    })
    fc.assert(
      fc.property(many, (us) => {
        const positions = Float64Array.from(us, (u, i) => encoding.coordinates[i]!.fromUniform(u))
        expect(() => space.validate(encoding.paramsAt(positions))).not.toThrow()
      }),
    )
  })

  it('leaves out what is fixed, and adds whether a condition holds', () => {
    expect(encoding.coordinates.map((c) => c.name)).not.toContain('epochs')
    expect(encoding.metric).toHaveLength(encoding.coordinates.length + 1)
    const features = new Float64Array(encoding.metric.length)
    const params = { ...space.sample(deriveRng({ seed: 1, purpose: 'test' })), optimizer: 'adam' }
    const { momentum: _, ...withoutMomentum } = params as typeof params & { momentum?: number }
    encoding.encode(withoutMomentum, features)
    expect(features.at(-1)).toBe(0)
    encoding.encode({ ...withoutMomentum, optimizer: 'sgd', momentum: 0.9 }, features)
    expect(features.at(-1)).toBe(1)
  })

  it('meets the bounds of a range exactly', () => {
    const ends = encodingOf(defineSpace({ rate: float(0.001, 0.03, { log: true }) })).coordinates[0]!
    expect([0, 1].map(ends.valueAt)).toEqual([0.001, 0.03])
  })

  it('gives every value of an integer the same share of the cube', () => {
    const layers = encoding.coordinates.find((c) => c.name === 'layers')!
    const counts = [0, 0, 0]
    for (let i = 0; i < 300; i++) counts[Number(layers.valueAt(layers.fromUniform((i + 0.5) / 300))) - 1]!++
    expect(counts).toEqual([100, 100, 100])
  })

  it('puts a choice of numbers in their order, and no other choice', () => {
    const of = (name: string) => encoding.coordinates.find((c) => c.name === name)!
    expect(of('batchSize').categorical).toBe(false)
    const positions = [16, 32, 64, 128].map((v) => of('batchSize').positionOf(v))
    const gaps = positions.slice(1).map((p, i) => p - positions[i]!)
    for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0]!, 9)
    expect(of('optimizer').categorical).toBe(true)
    expect(of('bidirectional').categorical).toBe(true)
  })
})

it('chooses the scale on which a list is most even', () => {
  expect(scaleOf([16, 32, 64, 128])).toBe('log')
  expect(scaleOf([0.0005, 0.001, 0.005, 0.01, 0.05, 0.1])).toBe('log')
  expect(scaleOf([0, 0.3, 0.6])).toBe('linear')
  expect(scaleOf([0, 1, 2, 3, 1000])).toBe('rank')
})
