import type { ExpectedGain } from '@rondo/analysis'
import { minimize } from '@rondo/core'
import { expect, test } from 'vitest'
import { standingInWords } from '../src/study/best-standing.ts'

const said = (gain: ExpectedGain): string =>
  standingInWords(
    { corrected: { trial: 3, observed: 2, corrected: 2, candidates: 8, gain } },
    { objective: minimize('val_mae') },
  ).at(-1)!

test('what more trials would gain is told as a number, as nothing, or as too early to tell', () => {
  expect(said({ trials: 10, gain: 0.1234 })).toBe('10 more trials would gain about 0.12 (6.2 %).')
  expect(said({ trials: 10, gain: 0 })).toMatch(/^10 more trials would gain next to nothing: /)
  expect(said({ trials: 10 })).toBe(
    'It is too early to tell what 10 more trials would gain: the best ones differ by no more than luck.',
  )
})
