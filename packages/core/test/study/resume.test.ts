import { CLOCK, definePlugin, deriveRng, float, inProcess, memoryStore, tune } from '@rondo/core'
import { describe, expect, test } from 'vitest'
import { descentStudy, runStudy } from './helpers.ts'
import { drawing } from './strategies.ts'
import { slowDescent } from './training.ts'

/** Aborts after so many measured epochs and resumes, again and again, until the study ends by itself. */
async function interruptedEvery(epochs: () => number, config: Parameters<typeof runStudy>[0]) {
  for (let sessions = 1; ; sessions++) {
    const stop = new AbortController()
    let left = epochs()
    const outcome = await runStudy(config, {
      signal: stop.signal,
      observer: { onMeasured: () => void (--left <= 0 && stop.abort()) },
    })
    if (outcome.reason !== 'aborted') return { outcome, sessions }
  }
}

describe('a study that is interrupted and resumed', () => {
  test('comes to the same as an uninterrupted one, with one worker', async () => {
    const whole = await runStudy({ ...descentStudy(), store: memoryStore() })
    const rng = deriveRng({ seed: 1, purpose: 'interruptions' })
    const { outcome, sessions } = await interruptedEvery(() => rng.integer(1, 6), {
      ...descentStudy(),
      store: memoryStore(),
    })
    expect(sessions).toBeGreaterThan(8)
    expect(outcome).toEqual(whole)
  })

  test('comes to the same where it is ordered, with three legs at a time that take their time', async () => {
    const jitter = (seed: number) => {
      const rng = deriveRng({ seed, purpose: 'jitter' })
      return slowDescent({ epochMs: () => rng.integer(0, 4) })
    }
    const ordered = (seed: number) => ({
      ...descentStudy({
        ordered: { lag: 2 },
        executor: inProcess({ concurrency: 3 }),
        trainer: jitter(seed),
      }),
      store: memoryStore(),
    })
    const whole = await runStudy(ordered(1))
    expect(whole.trials).toHaveLength(10)
    const rng = deriveRng({ seed: 2, purpose: 'interruptions' })
    const { outcome } = await interruptedEvery(() => rng.integer(2, 9), ordered(2))
    expect(outcome).toEqual(whole)
  })

  test('ordered, it does not depend on the number of workers', async () => {
    const withWorkers = (concurrency: number) =>
      runStudy({
        ...descentStudy({ ordered: { lag: 1 }, executor: inProcess({ concurrency }) }),
        store: memoryStore(),
      })
    expect(await withWorkers(2)).toEqual(await withWorkers(1))
  })

  test('works no longer than its time in all sessions together, and goes on where it is given more', async () => {
    // A clock that only trials move on: each takes ten seconds.
    let now = 0
    const clock = definePlugin({
      name: 'trial-clock',
      provides: CLOCK,
      scope: 'process',
      create: () => ({ now: () => now, monotonic: () => now }),
    })
    const store = memoryStore()
    let legs = 0
    const session = (timeMs: number, stopAfter = Number.POSITIVE_INFINITY) => {
      const stop = new AbortController()
      return tune({
        space: { x: float(0, 1) },
        objective: ({ x }) => {
          now += 10_000
          if (++legs === stopAfter) stop.abort()
          return x
        },
        search: drawing(),
        plugins: [clock],
        store,
        resume: true,
        trials: 4,
        timeMs,
        signal: stop.signal,
      })
    }
    await expect(session(60_000, 2)).resolves.toMatchObject({ reason: 'aborted' })
    // A night in between is no work; the twenty seconds before it were.
    now += 36_000_000
    await expect(session(20_000)).resolves.toMatchObject({ reason: 'time' })
    expect(legs).toBe(2)
    await expect(session(3_600_000)).resolves.toMatchObject({ reason: 'trials' })
  })

  test('may be given more trials; another space is refused by name', async () => {
    const store = memoryStore()
    await runStudy({ ...descentStudy({ trials: 4 }), store })
    const longer = await runStudy({ ...descentStudy({ trials: 10 }), store })
    expect(longer).toEqual(await runStudy({ ...descentStudy(), store: memoryStore() }))
    const edited = runStudy({
      ...descentStudy({ space: { rate: { type: 'float', low: 0.01, high: 0.5 } } }),
      store,
    })
    await expect(edited).rejects.toThrow(
      expect.objectContaining({
        code: 'RONDO_STUDY_CHANGED',
        message: expect.stringContaining('space.hyperparameters.rate.high was 0.9 and is 0.5'),
      }),
    )
  })
})
