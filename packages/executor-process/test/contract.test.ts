import { executorSuite } from '@rondo/testkit'
import { describe, test } from 'vitest'
import { processPool } from '../src/index.ts'

const module = new URL('./fixtures/exercise.ts', import.meta.url).href

describe('processPool keeps the rules of an executor', () => {
  for (const check of executorSuite.checks) {
    test(check.name, () => check.run({ plugin: () => processPool({ workers: 2 }), module }))
  }
})
