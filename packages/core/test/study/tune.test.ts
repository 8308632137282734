import { choice, float, int, memoryStore, RondoError, type TuneOptions, tune } from '@rondo/core'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { drawing } from './strategies.ts'

const space = { x: float(-5, 5), n: int(1, 8), kind: choice(['a', 'b']) }

describe('tune with a plain function', () => {
  test('finds the best of the trials it makes, the untuned default first', async () => {
    const seen: number[] = []
    const result = await tune({
      space,
      objective: ({ x, n, kind }) => {
        expectTypeOf(kind).toEqualTypeOf<'a' | 'b'>()
        const value = (x - 1) ** 2 + n + (kind === 'a' ? 0 : 1)
        seen.push(value)
        return value
      },
      search: drawing(),
      trials: 30,
      seed: 4,
    })
    expect(result.reason).toBe('trials')
    expect(result.trials).toHaveLength(30)
    expect(result.trials[0]!.origin).toBe('default')
    expect(result.best!.value).toBe(Math.min(...seen))
    expect(result.trials.map(({ value }) => value)).toEqual(seen)
  })

  test('the same seed gives the same study, another seed another', async () => {
    const values = async (seed: number) => {
      const { trials } = await tune({ space, objective: ({ x }) => x, search: drawing(), trials: 8, seed })
      return trials.map(({ params }) => params)
    }
    expect(await values(1)).toEqual(await values(1))
    expect(await values(1)).not.toEqual(await values(2))
  })

  test('maximises where asked to', async () => {
    const { best, trials } = await tune({
      space,
      objective: ({ x }) => x,
      direction: 'maximize',
      search: drawing(),
      trials: 10,
    })
    expect(best!.value).toBe(Math.max(...trials.map(({ value }) => value!)))
  })

  test('a trial whose function throws or gives NaN fails alone, with the reason', async () => {
    const { trials, best } = await tune({
      space,
      objective: ({ x }, { number }) => {
        if (number === 2) throw new Error('out of luck')
        return number === 3 ? Number.NaN : x
      },
      search: drawing(),
      trials: 6,
    })
    expect(trials[2]).toMatchObject({
      state: 'failed',
      failure: { cause: 'params', code: 'RONDO_OBJECTIVE_FAILED', message: 'out of luck' },
    })
    expect(trials[3]).toMatchObject({ state: 'failed', failure: { code: 'RONDO_OBJECTIVE_VALUE' } })
    expect(trials.filter(({ state }) => state === 'completed')).toHaveLength(4)
    expect([2, 3]).not.toContain(best!.trial)
  })

  test('ends with a coded error when the first ten trials all fail for the same reason', async () => {
    const broken = tune({
      space,
      objective: () => {
        throw new TypeError('nothing works')
      },
      search: drawing(),
      trials: 50,
    })
    await expect(broken).rejects.toThrow(
      expect.objectContaining({
        code: 'RONDO_TRIALS_ALL_FAILED',
        message: expect.stringContaining('nothing works'),
        // What mends the reason, and that a study is resumed with the config that it had.
        remedy: expect.stringMatching(
          /^See the message.*where its space or config must change, begin another\.$/,
        ),
      }),
    )
  })

  test('stops when so many trials brought nothing better', async () => {
    const { reason, trials } = await tune({
      space,
      objective: (_, { number }) => (number < 5 ? -number : 0),
      search: drawing(),
      trials: 100,
      patience: 7,
    })
    expect(reason).toBe('patience')
    expect(trials).toHaveLength(5 + 7)
  })

  test('an aborted study goes on later in the same store, with exactly the trials that were left', async () => {
    const store = memoryStore()
    const stop = new AbortController()
    const config = { space, search: drawing(), trials: 12, seed: 3, store } as const
    const first = await tune({
      ...config,
      signal: stop.signal,
      objective: ({ x }, { number }) => {
        if (number === 5) stop.abort()
        return x
      },
    })
    expect(first.reason).toBe('aborted')
    expect(first.trials.length).toBeLessThan(12)
    const again = await tune({ ...config, resume: true, objective: ({ x }) => x })
    const whole = await tune({ ...config, store: memoryStore(), objective: ({ x }) => x })
    expect(again.reason).toBe('trials')
    expect(again.trials.map(({ params, value }) => [params, value])).toEqual(
      whole.trials.map(({ params, value }) => [params, value]),
    )
  })

  test('names a misspelt field of the space and a number of trials that cannot be', async () => {
    const config = { space, search: drawing(), objective: () => 0 }
    await expect(tune({ ...config, trials: 0 })).rejects.toThrow(
      expect.objectContaining({ code: 'RONDO_CONFIG_INVALID', place: { field: 'trials' } }),
    )
    await expect(tune({ ...config, trials: 1, search: drawing as never })).rejects.toThrow(RondoError)
  })
})

test('refuses a field that it does not know, and names the nearest', async () => {
  const options = { space: { x: float(0, 1) }, objective: () => 0, search: drawing(), trails: 3 }
  await expect(tune(options as TuneOptions<typeof options.space>)).rejects.toMatchObject({
    code: 'RONDO_CONFIG_INVALID',
    message: '`tune` has no field `trails`. Did you mean “trials”?',
    place: { field: 'trails' },
  })
})
