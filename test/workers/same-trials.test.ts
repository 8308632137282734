import { prepareStudy } from '@rondo/core'
import { expect, test } from 'vitest'
import studyOf from './ordered-study.ts'

/** Every decision and every value of a study. */
async function trialsOf(search: string, workers: number) {
  const overrides = { search, workers }
  const module = new URL('ordered-study.ts', import.meta.url).href
  const study = (await prepareStudy(studyOf(overrides), { module, overrides })).create()
  try {
    await study.run()
    return study.state.trials.map(({ params, memo, curve, value }) => ({ params, memo, curve, value }))
  } finally {
    await study.dispose()
  }
}

test.each(['random', 'grid', 'bayes'])(
  '%s comes to the same trials with one worker and with two, bit for bit',
  async (search) => {
    const alone = await trialsOf(search, 1)
    expect(alone).toHaveLength(7)
    expect(alone.every(({ value, curve }) => Number.isFinite(value) && curve.length === 2)).toBe(true)
    expect(await trialsOf(search, 2)).toEqual(alone)
  },
  120_000,
)
