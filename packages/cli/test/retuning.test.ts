import { maximize, minimize } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from '../src/retuning/decision.ts'
import { familyOf, nextOf, retunedOf } from '../src/retuning/family.ts'

describe('the decision', () => {
  const evaluated = (value: number, low: number, high: number) => ({
    trial: 1,
    metrics: { mae: 100 + value },
    summary: { incumbent: { metrics: { mae: 100 }, difference: { value, low, high, coverage: 0.9 } } },
  })
  const number = fc.double({ min: -50, max: 50, noNaN: true })

  test('ships only what is better over the whole interval, whichever way is better', () => {
    fc.assert(
      fc.property(number, number, number, (...ends) => {
        const [low, value, high] = ends.sort((a, b) => a - b) as [number, number, number]
        expect(decide(evaluated(value, low, high), minimize('val_mae')).ships).toBe(high < 0)
        expect(decide(evaluated(value, low, high), maximize('val_mae')).ships).toBe(low > 0)
      }),
    )
  })

  test('says why', () => {
    const because = (value: number, low: number, high: number) =>
      decide(evaluated(value, low, high), minimize('val_mae')).because
    expect(because(-12, -20, -4)).toBe('the difference is -12 (90 % interval: -20 to -4), all of it better.')
    expect(because(-3, -9, 2)).toContain('which may be chance')
    expect(because(30, 20, 40)).toContain('all of it worse')
  })

  test('ships nothing where the difference cannot be told', () => {
    const summary = { incumbent: { metrics: { mae: 100 } } }
    const decision = decide({ trial: 1, metrics: { mae: 1 }, summary }, minimize('val_mae'))
    expect(decision).toMatchObject({ ships: false, challenger: 1, incumbent: 100 })
  })
})

test('retuned studies are named after the first of their family', () => {
  const studies = ['births', 'births-2', 'births-10', 'births-dropout', 'rain-7']
  expect(familyOf('births-10', studies)).toBe('births')
  // There is no study rain.
  expect(familyOf('rain-7', studies)).toBe('rain-7')
  expect(retunedOf('births', studies)).toEqual(['births-2', 'births-10'])
  expect(nextOf('births', studies)).toBe('births-11')
  expect(nextOf('rain-7', studies)).toBe('rain-7-2')
})
