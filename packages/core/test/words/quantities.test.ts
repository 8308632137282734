import { describe, expect, test } from 'vitest'
import { durationInWords, numberInWords } from '../../src/index.ts'

describe('what people read', () => {
  test.each([
    [295.123, '295.1'],
    [0.0312, '0.0312'],
    [123456.7, '123457'],
    [0.000123, '1.23e-4'],
    [12, '12'],
    [Number.NaN, '–'],
    [undefined, '–'],
    [Number.POSITIVE_INFINITY, '∞'],
  ])('the number %s is %s', (value, text) => expect(numberInWords(value)).toBe(text))

  test.each([
    [400, '0 s'],
    [45_000, '45 s'],
    [125_000, '2 min 5 s'],
    [12_000_000, '3 h 20 min'],
  ])('%s ms are %s', (ms, text) => expect(durationInWords(ms)).toBe(text))
})
