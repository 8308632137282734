import { deriveRng } from '@rondo/core'
import { expect, it } from 'vitest'
import type { Rows } from '../../src/gp/posterior.ts'
import { keptRows } from '../../src/gp/subset.ts'

it('keeps every row while they are few, later the best ones and some of every region', () => {
  const rng = deriveRng({ seed: 1, purpose: 'test' })
  const n = 500
  // Good rows lie on the left.
  const x = Float64Array.from({ length: n }, (_, i) =>
    i < 490 ? 0.1 * rng.uniform() : 0.5 + 0.5 * rng.uniform(),
  )
  const y = x.map((v) => -v)
  const rowsOf = (count: number): Rows => ({
    x: x.subarray(0, count),
    y: y.subarray(0, count),
    repeats: new Float64Array(count).fill(1),
  })
  expect(keptRows(rowsOf(40), [false], 40)).toHaveLength(40)
  const kept = keptRows(rowsOf(n), [false], 40)
  expect(kept).toHaveLength(40)
  expect(new Set(kept).size).toBe(40)
  const ranking = Array.from({ length: n }, (_, i) => i).sort((a, b) => y[b]! - y[a]!)
  expect(kept).toEqual(expect.arrayContaining(ranking.slice(0, 20)))
  // The ten rows of the empty right half tell more than the crowd on the left.
  expect(kept.filter((i) => i >= 490).length).toBeGreaterThan(5)
})

it('takes no category for farther than another', () => {
  // A list of a hundred, and a number of which hardly anything is known on the right.
  const rng = deriveRng({ seed: 2, purpose: 'test' })
  const n = 300
  const x = Float64Array.from({ length: 2 * n }, (_, i) => {
    if (i % 2 === 0) return rng.integer(0, 99)
    return i < 580 ? 0.4 * rng.uniform() : 0.9 + 0.1 * rng.uniform()
  })
  const y = Float64Array.from({ length: n }, (_, i) => -x[2 * i + 1]!)
  const kept = keptRows({ x, y, repeats: new Float64Array(n).fill(1) }, [true, false], 40)
  // By places in the list, gaps of many would count for more than the empty right half.
  expect(kept.filter((i) => i >= 290).length).toBeGreaterThan(2)
})
