import { random } from '@rondo/search-random'
import { searchStrategySuite } from '@rondo/testkit'
import { describe, test } from 'vitest'

describe('random search', () => {
  test.each(searchStrategySuite.checks)('$name', async (check) => {
    await check.run(random)
  })
})
