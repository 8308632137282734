import { storeSuite } from '@rondo/testkit'
import { describe, test } from 'vitest'
import { sqliteStore } from '../src/index.ts'
import { newFolder } from './helpers.ts'

describe('sqliteStore keeps the rules of a store', () => {
  for (const check of storeSuite.checks) {
    test(check.name, () => check.run(() => sqliteStore({ directory: newFolder() })))
  }
})
