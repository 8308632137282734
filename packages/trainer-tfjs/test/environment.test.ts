import { hasRelaxedSimd } from '@rondo/kernels'
import { expect, test } from 'vitest'
import { environment } from '../src/environment.ts'

test('what a trial’s bits depend on tells fast from portable numerics, and both from tfjs', () => {
  const fast = environment({ numerics: 'fast' })
  expect(environment({})).toEqual(fast)
  expect(fast.numerics).toBe(hasRelaxedSimd() ? 'relaxed' : 'simd')
  expect(environment({ numerics: 'portable' }).numerics).toBe('simd')
  // The step through tfjs does not know the choice.
  expect(environment({ step: 'tfjs', numerics: 'portable' })).toEqual(environment({ step: 'tfjs' }))
  expect(environment({ step: 'tfjs' }).numerics).toBe('tfjs')
})
