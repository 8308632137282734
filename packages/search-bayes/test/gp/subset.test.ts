import { deriveRng } from '@rondo/core'
import { expect, it } from 'vitest'
import { keptRows } from '../../src/gp/subset.ts'

it('keeps every row while they are few, later the best ones and some of every region', () => {
  const rng = deriveRng({ seed: 1, purpose: 'test' })
  const n = 500
  // Good rows lie on the left.
  const x = Float64Array.from({ length: n }, (_, i) =>
    i < 490 ? 0.1 * rng.uniform() : 0.5 + 0.5 * rng.uniform(),
  )
  const y = x.map((v) => -v)
  expect(keptRows(x.subarray(0, 40), y.subarray(0, 40), 40)).toHaveLength(40)
  const kept = keptRows(x, y, 40)
  expect(kept).toHaveLength(40)
  expect(new Set(kept).size).toBe(40)
  const ranking = Array.from({ length: n }, (_, i) => i).sort((a, b) => y[b]! - y[a]!)
  expect(kept).toEqual(expect.arrayContaining(ranking.slice(0, 20)))
  // The ten rows of the empty right half tell more than the crowd on the left.
  expect(kept.filter((i) => i >= 490).length).toBeGreaterThan(5)
})
