import {
  float,
  int,
  memoryStore,
  type Params,
  type Plugin,
  prepareStudy,
  type Store,
  type StudyConfig,
} from '@rondo/core'
import { describe, expect, it } from 'vitest'
import { descentStudy } from './helpers.ts'
import { drawing } from './strategies.ts'

const run = async (store: Plugin<Store>, config: Partial<StudyConfig>) => {
  const study = (await prepareStudy(descentStudy({ store, search: drawing(), ...config }))).create()
  await study.run()
  const { trials, best } = study.state
  await study.dispose()
  return { trials, best }
}

/** Params of an earlier study's trials, the best first. */
const ranked = (trials: readonly { readonly value?: number; readonly params: Params }[]): Params[] =>
  trials.toSorted((a, b) => a.value! - b.value!).map(({ params }) => params)

describe('a warm start', () => {
  it('tries the best configurations of an earlier study, right after the untuned default', async () => {
    const store = memoryStore()
    const { trials } = await run(store, { name: 'earlier' })
    const later = await run(store, { name: 'later', seed: 12, warmStart: { study: 'earlier', trials: 3 } })
    expect(later.trials.slice(0, 5).map(({ origin }) => origin)).toEqual([
      'default',
      'enqueued',
      'enqueued',
      'enqueued',
      'search',
    ])
    // The untuned default is tried anyway.
    const others = ranked(trials).filter(({ rate }) => rate !== later.trials[0]!.params.rate)
    expect(later.trials.slice(1, 4).map(({ params }) => params)).toEqual(others.slice(0, 3))
  })

  it('comes after what is enqueued, and leaves out what does not fit into the space', async () => {
    const store = memoryStore()
    const { trials } = await run(store, { name: 'earlier' })
    const middle = ranked(trials)[4]!.rate as number
    const later = await run(store, {
      name: 'later',
      space: { rate: float(0.01, middle, { default: 0.02 }), layers: int(1, 4, { default: 2 }) },
      enqueue: [{ rate: 0.01, layers: 3 }],
      warmStart: { study: 'earlier' },
    })
    const fitting = ranked(trials).filter(({ rate }) => (rate as number) <= middle)
    expect(later.trials.slice(1, 1 + Math.min(6, 1 + fitting.length)).map(({ params }) => params)).toEqual([
      { rate: 0.01, layers: 3 },
      ...fitting.slice(0, 5).map((params) => ({ ...params, layers: 2 })),
    ])
  })

  it('is refused before anything is written where the earlier study has nothing to give', async () => {
    const store = memoryStore()
    const begin = async (config: Partial<StudyConfig>) => {
      const prepared = await prepareStudy(descentStudy({ store, search: drawing(), ...config }))
      try {
        expect(() => prepared.create()).toThrowError(
          expect.objectContaining({ code: expect.stringMatching(/NOT_FOUND|CONFIG_INVALID/) }),
        )
        expect(prepared.exists()).toBe(false)
      } finally {
        await prepared.dispose()
      }
    }
    await begin({ name: 'later', warmStart: { study: 'nowhere' } })
    await run(store, { name: 'earlier' })
    await begin({ name: 'later', space: { rate: float(2, 3) }, warmStart: { study: 'earlier' } })
    for (const trials of [0, -1, 1.5]) {
      const config = descentStudy({ store, name: 'later', warmStart: { study: 'earlier', trials } })
      await expect(prepareStudy(config)).rejects.toMatchObject({
        code: 'RONDO_CONFIG_INVALID',
        place: { field: 'warmStart.trials' },
      })
    }
  })
})
