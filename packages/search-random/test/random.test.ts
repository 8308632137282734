import {
  atMost,
  boolean,
  choice,
  float,
  inProcess,
  int,
  type Params,
  product,
  type SpaceDefinition,
  sum,
  type TuneOptions,
  tune,
} from '@rondo/core'
import { random } from '@rondo/search-random'
import { describe, expect, test } from 'vitest'

/** The params of all trials of a study, in order, with the reason for its end. */
async function tried(options: Omit<TuneOptions<SpaceDefinition>, 'objective'>) {
  const { trials, reason } = await tune({ ...options, search: random(), objective: async () => 1 })
  return { params: trials.map(({ params }): Params => params), reason }
}
const distinct = (params: readonly Params[]): number => new Set(params.map((p) => JSON.stringify(p))).size

describe('random search', () => {
  test('goes through a finite space once and ends, whatever the chances of its values', async () => {
    // On the log scale a draw is 1 with a probability of a third and 64 with .003.
    const { params, reason } = await tried({
      space: { n: int(1, 64, { log: true }), b: boolean() },
      trials: 200,
    })
    expect(params.length).toBe(128)
    expect(distinct(params)).toBe(128)
    expect(reason).toBe('exhausted')
  })

  test('ends when the constraints leave nothing more', async () => {
    const { params, reason } = await tried({
      space: { a: int(1, 6), b: int(1, 6) },
      constraints: [atMost(product('a', 'b'), 6)],
      trials: 100,
    })
    const expected = [1, 2, 3, 4, 5, 6].flatMap((a) => [1, 2, 3, 4, 5, 6].filter((b) => a * b <= 6))
    expect(distinct(params)).toBe(expected.length)
    expect(params.length).toBe(expected.length)
    expect(reason).toBe('exhausted')
  })

  test('finds the few configurations of 10¹⁸ that the constraints leave', async () => {
    const { params, reason } = await tried({
      space: { a: int(1, 1e6), b: int(1, 1e6), c: int(1, 1e6) },
      constraints: [atMost(sum('a', 'b', 'c'), 4)],
      trials: 100,
    })
    expect(new Set(params.map(({ a, b, c }) => `${a}${b}${c}`))).toEqual(
      new Set(['111', '112', '121', '211']),
    )
    expect(reason).toBe('exhausted')
  })

  test('does not repeat what the user enqueued', async () => {
    const { params } = await tried({
      space: { c: choice(['a', 'b', 'c']) },
      enqueue: [{ c: 'b' }],
      defaultTrial: false,
      trials: 10,
    })
    expect(params.map(({ c }) => c).sort()).toEqual(['a', 'b', 'c'])
    expect(params[0]).toEqual({ c: 'b' })
  })

  test('repeats nothing with several trials running', async () => {
    const { params } = await tried({
      space: { n: int(1, 40) },
      executor: inProcess({ concurrency: 4 }),
      trials: 60,
    })
    expect(params.length).toBe(40)
    expect(distinct(params)).toBe(40)
  })

  test('gives the same trials for the same seed and others for another', async () => {
    const of = (seed: number) => tried({ space: { x: float(0, 1), n: int(1, 9) }, trials: 8, seed })
    expect((await of(3)).params).toEqual((await of(3)).params)
    expect((await of(3)).params.slice(1)).not.toEqual((await of(4)).params.slice(1))
  })

  test('covers each hyperparameter evenly, whatever the others are', async () => {
    const { params } = await tried({
      space: { rate: float(1e-4, 1, { log: true }), kind: choice(['a', 'b']) },
      trials: 400,
    })
    // 100 ± 8.7 in each decade; six standard deviations either way.
    for (let decade = -4; decade < 0; decade++) {
      const inside = params.filter(({ rate }) => Math.floor(Math.log10(rate as number)) === decade)
      expect(Math.abs(inside.length - 100)).toBeLessThan(53)
      const share = inside.filter(({ kind }) => kind === 'a').length / inside.length
      expect(Math.abs(share - 0.5)).toBeLessThan(0.35)
    }
  })

  test('says that no configuration satisfies the constraints', async () => {
    const impossible = { space: { a: int(1, 9) }, constraints: [atMost('a', 0)], trials: 3 }
    await expect(tried(impossible)).rejects.toThrow(
      expect.objectContaining({ code: 'RONDO_SPACE_INFEASIBLE' }),
    )
  })
})
