import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rungsOf } from '../src/rungs.ts'

const epochs = (full: number, eta: number, first?: number): number[] =>
  rungsOf({ epochs: full, folds: 1 }, eta, first).map((rung) => rung.epochs)

describe('rungs', () => {
  it('divide the full budget by eta again and again, down to the first rung', () => {
    expect(epochs(81, 3)).toEqual([4, 9, 27, 81])
    expect(epochs(81, 3, 1)).toEqual([1, 3, 9, 27, 81])
    expect(epochs(50, 3, 1)).toEqual([1, 2, 6, 17, 50])
    expect(epochs(16, 4, 1)).toEqual([1, 4, 16])
  })

  it('come down to one where the budget is no larger than the first', () => {
    expect(epochs(1, 3)).toEqual([1])
    expect(epochs(5, 3, 10)).toEqual([5])
  })

  it('go on in folds above the full epochs', () => {
    expect(rungsOf({ epochs: 27, folds: 6 }, 3, 3)).toEqual([
      { epochs: 3, folds: 1 },
      { epochs: 9, folds: 1 },
      { epochs: 27, folds: 1 },
      { epochs: 27, folds: 2 },
      { epochs: 27, folds: 6 },
    ])
  })

  it('rise strictly to the full budget, whatever it is', () => {
    const whole = (max: number) => fc.integer({ min: 1, max })
    fc.assert(
      fc.property(
        whole(500),
        whole(10),
        fc.double({ min: 2, max: 5, noNaN: true }),
        whole(20),
        (e, f, eta, first) => {
          const rungs = rungsOf({ epochs: e, folds: f }, eta, first)
          expect(rungs.at(-1)).toEqual({ epochs: e, folds: f })
          for (const [i, rung] of rungs.slice(1).entries()) {
            expect(rung.epochs * rung.folds).toBeGreaterThan(rungs[i]!.epochs * rungs[i]!.folds)
            expect(rung.epochs).toBeGreaterThanOrEqual(rungs[i]!.epochs)
          }
        },
      ),
    )
  })
})
