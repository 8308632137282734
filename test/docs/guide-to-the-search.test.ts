import { expect, test } from 'vitest'
import { guide } from './guide.ts'
import { testPages } from './run-guide.ts'

// The pages are run by two files, so that they take half as long.

testPages(guide().filter(({ name }) => /^[123]-/.test(name)))

test('a study is begun under one name on one page only, for a reader keeps all in one folder', () => {
  const begun = guide().flatMap(({ name: page, steps }) =>
    steps.flatMap((step) => {
      if (step.kind === 'file' || step.exits.includes(1) || step.command.includes('--dry-run')) return []
      const study = /^rondo (?:tune|train) .*--study (\S+)/.exec(step.command)?.[1]
      return study === undefined ? [] : [`${study} on ${page}`]
    }),
  )
  expect(begun.length).toBeGreaterThan(30)
  expect(new Set(begun.map((one) => one.split(' ')[0])).size).toBe(begun.length)
})
