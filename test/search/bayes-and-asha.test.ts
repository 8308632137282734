import { env } from 'node:process'
import {
  compose,
  deriveRng,
  memoryStore,
  type Params,
  type Plugin,
  prepareStudy,
  readStudy,
  type Space,
  STORE,
  type Store,
  type StudyConfig,
  type StudyLog,
  systemClock,
  type Verification,
} from '@rondo/core'
import { bayes } from '@rondo/search-bayes'
import { expect, test } from 'vitest'
import { slowDescent } from '../../packages/core/test/study/training.ts'
import { EPOCHS, failing, fails, mixedStudy, trialsOf } from './mixed-study.ts'

function requireSound(
  trials: readonly { readonly params: Params; readonly replicateOf?: number }[],
  checked: Space,
) {
  const first = trials.filter(({ replicateOf }) => replicateOf === undefined)
  expect(new Set(first.map(({ params }) => checked.keyOf(params))).size).toBe(first.length)
  for (const { params } of trials) {
    checked.validate(params)
    expect(checked.satisfies(params)).toBe(true)
  }
}

/** `RONDO_TRIALS=500` for the whole; a suggestion takes some 80 ms. */
const TRIALS = Number(env.RONDO_TRIALS ?? 100)

test(`${TRIALS} trials of a mixed space under ASHA, a tenth failing: none twice, none forbidden, all accounted for`, {
  timeout: TRIALS * 2_000,
}, async () => {
  const prepared = await prepareStudy(mixedStudy({ trials: TRIALS }))
  const running = prepared.create()
  expect(await running.run()).toBe('trials')
  const { trials, best } = running.state
  expect(trials).toHaveLength(TRIALS)
  requireSound(trials, prepared.space)
  for (const { params, state, legs } of trials) {
    const reached = legs.at(-1)!.budget.epochs === EPOCHS ? 'completed' : 'paused'
    expect(state).toBe(fails(params) ? 'failed' : reached)
  }
  expect(trials.some(({ state }) => state === 'failed')).toBe(true)
  // Found, not met by chance: of random params one in some 2,000 is as good.
  expect(best!.value).toBeLessThan(0.2)
  await running.dispose()
})

const small = (store: Plugin<Store>): StudyConfig =>
  mixedStudy({
    trials: 40,
    trainer: failing(slowDescent()),
    search: bayes({ replicates: 0.3 }),
    epochs: 9,
    store,
  })

async function runToEnd(config: StudyConfig, events: () => number): Promise<number> {
  for (let sessions = 1; ; sessions++) {
    const session = new AbortController()
    let left = events()
    const onEvent = (): void => {
      if (--left <= 0) session.abort()
    }
    const prepared = await prepareStudy(config, { observer: { onEvent } })
    const work = prepared.exists() ? prepared.resume() : prepared.create()
    const reason = await work.run(session.signal)
    await work.dispose()
    if (reason === 'trials') return sessions
  }
}

const logOf = (store: Plugin<Store>, access: 'read' | 'write'): StudyLog =>
  compose([store, systemClock()]).resolve(STORE).open('mixed', access)

const outcome = (store: Plugin<Store>): unknown => trialsOf(logOf(store, 'read'))

/** Runs a study at once, and in parts: it comes to the same. The store of the latter. */
async function interruptedLikeWhole(
  configOf: (store: Plugin<Store>) => StudyConfig,
  seed: number,
): Promise<Plugin<Store>> {
  const [whole, parts] = [memoryStore(), memoryStore()]
  expect(await runToEnd(configOf(whole), () => Number.POSITIVE_INFINITY)).toBe(1)
  const rng = deriveRng({ seed, purpose: 'interrupt' })
  expect(await runToEnd(configOf(parts), () => rng.integer(2, 60))).toBeGreaterThan(3)
  expect(outcome(parts)).toEqual(outcome(whole))
  return parts
}

async function verified(store: Plugin<Store>): Promise<Verification> {
  const prepared = await prepareStudy(small(store))
  try {
    return await prepared.verify()
  } finally {
    await prepared.dispose()
  }
}

test('stopped and resumed at random moments it goes on as an uninterrupted one, and verifies; a doctored log does not', {
  timeout: 120_000,
}, async () => {
  const parts = await interruptedLikeWhole(small, 9)
  const resumed = (await prepareStudy(small(parts))).resume()
  const { trials } = readStudy(logOf(parts, 'read')).state
  const states = new Set(trials.map(({ state }) => state))
  expect([...states].sort()).toEqual(['completed', 'failed', 'paused'])
  // Repetitions are asked for, but none would be trained in full.
  expect(trials.every(({ replicateOf }) => replicateOf === undefined)).toBe(true)
  resumed.extend(trials.find(({ state }) => state === 'paused')!.number, { epochs: 9, folds: 1 })
  await resumed.run(new AbortController().signal, { trials: 0 })
  await resumed.dispose()
  expect((await verified(parts)).difference).toBeUndefined()

  const events = [...logOf(parts, 'read').read()].map(({ event }) => event)
  // A value that brought a trial to the top, made bad: ASHA would have left it where it was.
  const promoted = events.find(
    (event) => event.type === 'leg.started' && event.leg === 1 && event.tags.rung === 1,
  )!
  const number = (promoted as { readonly trial: number }).trial
  const doctored = events.map((event) =>
    event.type === 'leg.ended' && event.trial === number && event.leg === 0
      ? { ...event, measurements: event.measurements.map((m) => ({ ...m, metrics: { value: 99 } })) }
      : event,
  )
  const other = memoryStore()
  const log = compose([other, systemClock()]).resolve(STORE).create('mixed')
  log.append(doctored, 0)
  log.close()
  const { difference } = await verified(other)
  expect(difference!.logged).toBeDefined()
  expect(difference!.replayed).not.toEqual(difference!.logged)
  expect(difference!.seq).toBeGreaterThan(
    events.findIndex((e) => e.type === 'leg.ended' && e.trial === number),
  )
})

test('without a scheduler leaders are repeated, and a study stopped at random moments goes on as an uninterrupted one', {
  timeout: 120_000,
}, async () => {
  const inFull = (store: Plugin<Store>): StudyConfig => {
    const { scheduler: _, ...config } = small(store)
    return config
  }
  const parts = await interruptedLikeWhole(inFull, 10)
  const { trials } = readStudy(logOf(parts, 'read')).state
  expect(trials.some(({ replicateOf }) => replicateOf !== undefined)).toBe(true)
})
