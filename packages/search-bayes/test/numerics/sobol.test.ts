import { deriveRng } from '@rondo/core'
import { describe, expect, it } from 'vitest'
import { scrambledSobol } from '../../src/numerics/sobol.ts'

const rng = (seed: number) => deriveRng({ seed, purpose: 'sobol' })

describe('scrambled Sobol points', () => {
  it('put one point into each of 2ᵐ equal intervals of every dimension', () => {
    const [m, d] = [64, 64]
    const points = scrambledSobol(m, d, rng(1))
    for (let c = 0; c < d; c++) {
      const cells = new Set(Array.from({ length: m }, (_, i) => Math.floor(points[i * d + c]! * m)))
      expect(cells.size).toBe(m)
    }
  })

  it('put one point into each elementary box of the first two dimensions', () => {
    const points = scrambledSobol(64, 2, rng(2))
    for (let a = 0; a <= 6; a++) {
      const boxes = new Set<number>()
      for (let i = 0; i < 64; i++) {
        boxes.add(Math.floor(points[2 * i]! * 2 ** a) * 64 + Math.floor(points[2 * i + 1]! * 2 ** (6 - a)))
      }
      expect(boxes.size).toBe(64)
    }
  })

  it('integrate a smooth function far better than as many random points', () => {
    const d = 6
    const error = (points: Float64Array): number => {
      let sum = 0
      for (let i = 0; i < points.length; i += d) {
        let product = 1
        for (let c = 0; c < d; c++) product *= 1 + 0.5 * (points[i + c]! - 0.5)
        sum += product
      }
      return Math.abs(sum / (points.length / d) - 1)
    }
    const seeds = Array.from({ length: 10 }, (_, seed) => seed)
    const total = (of: (seed: number) => Float64Array): number =>
      seeds.reduce((sum, seed) => sum + error(of(seed)), 0)
    const spread = total((seed) => scrambledSobol(1024, d, rng(seed)))
    const random = total((seed) => {
      const r = rng(seed)
      return Float64Array.from({ length: 1024 * d }, () => r.uniform())
    })
    expect(spread).toBeLessThan(random / 10)
  })

  it('go on where the sequence was left', () => {
    const whole = scrambledSobol(10, 3, rng(3))
    expect(scrambledSobol(4, 3, rng(3), 6)).toEqual(whole.slice(18))
  })

  it('cover more dimensions than the table has', () => {
    const points = scrambledSobol(16, 70, rng(4))
    const last = new Set(Array.from({ length: 16 }, (_, i) => Math.floor(points[i * 70 + 69]! * 16)))
    expect(last.size).toBe(16)
  })
})
