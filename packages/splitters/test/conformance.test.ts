import { splitterSuite } from '@rondo/testkit'
import { describe, test } from 'vitest'
import { holdout, kFold, stratified, walkForward } from '../src/index.ts'

const subjects = {
  'holdout()': () => holdout(),
  'holdout({ validation: 30, gap: 4 })': () => holdout({ validation: 30, gap: 4 }),
  'walkForward()': () => walkForward(),
  'walkForward({ folds: 4, train: 100, gap: 2 })': () => walkForward({ folds: 4, train: 100, gap: 2 }),
  'kFold()': () => kFold(),
  'kFold({ folds: 3, purge: 5 })': () => kFold({ folds: 3, purge: 5 }),
  'stratified()': () => stratified(),
}

for (const [title, make] of Object.entries(subjects)) {
  describe(title, () => {
    for (const check of splitterSuite.checks) test(check.name, () => check.run(make))
  })
}
