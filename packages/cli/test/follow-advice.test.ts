import { defineSpace, float, int, type StudyState } from '@rondo/core'
import { expect, test } from 'vitest'
import { spaceEntry } from '../src/flags/space-entry.ts'
import { followAdvice } from '../src/study/follow-advice.ts'

const state = {
  space: defineSpace({ units: int(16, 32), layers: int(1, 2) }),
  trials: [{ params: { units: 16, layers: 1 }, state: 'completed' }],
  fullBudget: { epochs: 20, folds: 1 },
} as unknown as StudyState

const following = (param: string, value: number, of = state, studies = 'studies') =>
  followAdvice(
    { rule: '', text: '', because: { name: '', value: 0, unit: 'number' }, tryNext: { param, value } },
    of,
    { study: 'dd', trial: 0, studies },
  )

test('advice that the study allows is followed in it, and other advice in a study that allows it', () => {
  expect(following('units', 24)).toEqual({ command: 'rondo train dd --from 0 --units 24', outside: false })
  expect(following('units', 8)).toEqual({
    command: 'rondo tune dd --tune units --set units=8..32',
    outside: true,
  })
  expect(following('epochs', 40)).toEqual({
    command: 'rondo tune dd --tune units,layers --epochs 40 --study dd-longer',
    outside: true,
  })
})

test('the command that follows an advice names the folder of studies, and is quoted for a shell', () => {
  const of = {
    ...state,
    space: defineSpace({ 'units[1]': int(16, 32) }),
    trials: [{ params: { 'units[1]': 16 }, state: 'completed' }],
  } as unknown as StudyState
  expect(following('units[1]', 24, of, 'my studies')?.command).toBe(
    "rondo train dd --from 0 --param 'units[1]=24' --studies 'my studies'",
  )
  expect(following('units[1]', 8, of, 'kept')?.command).toBe(
    "rondo tune dd --tune 'units[1]' --set 'units[1]=8..32' --studies kept",
  )
})

test('a range of floats with whole ends stays one of floats when it is widened', () => {
  const of = {
    ...state,
    space: defineSpace({ gain: float(0, 1) }),
    trials: [{ params: { gain: 0.5 }, state: 'completed' }],
  } as unknown as StudyState
  const set = following('gain', 2, of)?.command.split(' --set ')[1]
  expect(spaceEntry(set!)).toEqual(['gain', { type: 'float', low: 0, high: 2 }])
})
