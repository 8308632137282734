import { maximize, minimize } from '@rondo/core'
import { expect, it } from 'vitest'
import { defeatInWords } from '../src/study/scores.ts'

const baselines = [
  { name: 'naive', value: 3 },
  { name: 'ridge', value: 1 },
  { name: 'lag 7', value: 2 },
]

it.each([
  [minimize('val_mae'), 2.5, ['The best trial loses to ridge (1), which needs no such training.']],
  [maximize('val_accuracy'), 2.5, ['The best trial loses to naive (3), which needs no such training.']],
  [minimize('val_mae'), 1, []],
  [maximize('val_accuracy'), 4, []],
])('of the baselines that beat a trial the strongest is named: %j, %d', (objective, value, said) => {
  expect(defeatInWords('The best trial', value, baselines, objective)).toEqual(said)
})
