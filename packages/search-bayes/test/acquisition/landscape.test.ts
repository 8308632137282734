import { expect, it } from 'vitest'
import { averaged } from '../../src/acquisition/landscape.ts'

it('averages logarithms as what they are of, amounts and scores as they are', () => {
  expect(averaged({ scale: 'logarithm' }, [Math.log(1), Math.log(3)])).toBeCloseTo(Math.log(2), 12)
  expect(averaged({ scale: 'amount' }, [1, 3])).toBe(2)
  expect(averaged({ scale: 'score' }, [-1, 3])).toBe(1)
})
