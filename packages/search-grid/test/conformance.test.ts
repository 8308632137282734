import { grid } from '@rondo/search-grid'
import { searchStrategySuite } from '@rondo/testkit'
import { describe, test } from 'vitest'

// The suite expects a finite space to be gone through in full: every int gets all of its values.
describe.each(['fixed', 'shuffled'] as const)('grid search (%s)', (order) => {
  test.each(searchStrategySuite.checks)('$name', async (check) => {
    await check.run(() => grid({ order, levels: 10_000 }))
  })
})
