import { fileURLToPath } from 'node:url'
import { csv, fixed, holdout, int, lstm, prepareStudy, random, tfjsTrainer } from 'rondo'
import { expect, test } from 'vitest'

const births = fileURLToPath(new URL('../../examples/births/births.csv', import.meta.url))

test('a model too large for memory fails its trial alone, with the reason', { timeout: 60_000 }, async () => {
  const prepared = await prepareStudy({
    data: csv(births, { target: 'births' }),
    model: lstm(),
    space: { units: int(4, 100_000, { default: 4 }), window: fixed(7) },
    search: random(),
    splitter: holdout(),
    trainer: tfjsTrainer(),
    // The first is too large for any memory, the second for that of tfjs.
    enqueue: [
      { units: 60_000, window: 7 },
      { units: 8_000, window: 7 },
      { units: 5, window: 7 },
    ],
    epochs: 1,
    trials: 4,
  })
  const study = prepared.create()
  try {
    expect(await study.run()).toBe('trials')
    const { trials } = study.state
    expect(trials.map(({ state }) => state)).toEqual(['completed', 'failed', 'failed', 'completed'])
    for (const { failure } of trials.slice(1, 3)) {
      expect(failure).toMatchObject({ cause: 'params', code: 'RONDO_MODEL_TOO_LARGE' })
      expect(failure!.message).toMatch(/\d+ bytes|out of memory/)
    }
  } finally {
    await study.dispose()
  }
})
