import { searchStrategySuite } from '@rondo/testkit'
import { describe, test } from 'vitest'
import { evolution } from '../src/index.ts'

describe('evolution keeps the rules of a search strategy', () => {
  for (const { name, run } of searchStrategySuite.checks) test(name, () => run(() => evolution()))
})

describe('so does one of two members, which mutates from the third trial on', () => {
  for (const { name, run } of searchStrategySuite.checks) {
    test(name, () => run(() => evolution({ population: 2, tournament: 1 })))
  }
})
