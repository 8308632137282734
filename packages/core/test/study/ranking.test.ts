import { minimize } from '@rondo/core'
import { array, assert, integer, property, record, shuffledSubarray } from 'fast-check'
import { expect, test } from 'vitest'
import { Ranking } from '../../src/study/ranking.ts'

const standing = (trial: number, value: number, folds = 1, epochs = 9) => ({ trial, value, folds, epochs })

test('configurations rank by the mean over their repetitions, and one that was lucky gives way', () => {
  const ranking = new Ranking(minimize('loss'))
  ranking.record('a', standing(0, 3))
  ranking.record('b', standing(1, 1))
  expect(ranking.leader).toMatchObject({ key: 'b', trial: 1, value: 1 })
  // Repeated it comes to 6: the mean of 3.5 is worse than that of `a`.
  expect(ranking.leaderAfter('b', standing(2, 6))).toMatchObject({ key: 'a', trial: 0, value: 3 })
  ranking.record('b', standing(2, 6))
  ranking.record('b', standing(3, 1.4))
  expect(ranking.leader).toMatchObject({ key: 'b', trial: 1, value: (1 + 6 + 1.4) / 3 })
})

test('more folds rank before fewer, and only the repetitions on the most of them count', () => {
  const ranking = new Ranking(minimize('loss'))
  ranking.record('a', standing(0, 1, 1))
  ranking.record('b', standing(1, 5, 3))
  ranking.record('b', standing(2, 1, 1))
  expect(ranking.leader).toMatchObject({ trial: 1, value: 5, folds: 3 })
  // A trial that goes further replaces its standing.
  ranking.record('a', standing(0, 4, 3))
  expect(ranking.leader).toMatchObject({ trial: 0, value: 4, folds: 3 })
})

test('a repetition that is paused early does not count until it has come as far as what it repeats', () => {
  const ranking = new Ranking(minimize('loss'))
  ranking.record('a', standing(0, 3))
  ranking.record('b', standing(1, 2))
  ranking.record('b', standing(2, 7, 1, 3))
  expect(ranking.leader).toMatchObject({ key: 'b', trial: 1, value: 2 })
  ranking.record('b', standing(2, 1))
  expect(ranking.leader).toMatchObject({ key: 'b', trial: 2, value: 1.5 })
})

test('the same ranks first in whatever order results come', () => {
  const entry = record({
    key: integer({ min: 0, max: 4 }),
    value: integer({ min: -3, max: 3 }),
    folds: integer({ min: 1, max: 2 }),
    epochs: integer({ min: 1, max: 2 }),
  })
  const results = array(entry, { minLength: 1, maxLength: 12 })
    .map((entries) =>
      entries.map(({ key, value, folds, epochs }, trial) => ({
        key,
        ...standing(trial, value, folds, epochs),
      })),
    )
    .chain((entries) =>
      shuffledSubarray(entries, { minLength: entries.length }).map((s) => [entries, s] as const),
    )
  assert(
    property(results, (orders) => {
      const [one, other] = orders.map((entries) => {
        const ranking = new Ranking(minimize('loss'))
        for (const { key, ...result } of entries) ranking.record(String(key), result)
        return ranking.leader
      })
      expect(other).toEqual(one)
    }),
  )
})
