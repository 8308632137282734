import {
  compose,
  type Incumbent,
  inProcess,
  type Leg,
  memoryStore,
  prepareStudy,
  RondoError,
  readStudy,
  STORE,
  type StudyConfig,
  systemClock,
} from '@rondo/core'
import { expect, test } from 'vitest'
import { descentStudy } from './helpers.ts'
import { slowDescent } from './training.ts'

/** A study that has been tuned, and the legs that its trainer is given from now on. */
async function tuned(config: Partial<StudyConfig> = {}, epochMs: (leg: Leg) => number = () => 0) {
  const store = memoryStore()
  const legs: string[] = []
  const trainer = slowDescent({
    epochMs: (leg) => {
      if (leg.kind !== 'train') legs.push(`${leg.kind} ${leg.trial}/${leg.refit?.replica ?? ''}`)
      return epochMs(leg)
    },
  })
  const whole = descentStudy({ store, trials: 4, seed: 1, trainer, ...config })
  const first = await prepareStudy(whole)
  const study = first.create()
  await study.run()
  await study.dispose()
  const finish = async (signal?: AbortSignal, refits?: number, incumbent?: Incumbent) => {
    const again = (await prepareStudy(whole)).resume()
    try {
      return await again.evaluate(signal, refits, incumbent)
    } finally {
      await again.dispose()
    }
  }
  const open = () => compose([store, systemClock()]).resolve(STORE).open('descent', 'read')
  return { legs, finish, open, config: whole, best: study.state.best! }
}

test('finishing trains the winner three times and the untuned default once, and scores all of them', async () => {
  const { finish, open, best, legs } = await tuned({ executor: inProcess({ concurrency: 2 }) })
  expect(best.number).not.toBe(0)
  const { trial, metrics, summary } = await finish()
  const loss = (number: number, replica: number, epochs: number) =>
    0.1 * number + 0.01 * replica + 0.001 * epochs
  const own = [0, 1, 2].map((replica) => loss(best.number, replica, best.bestEpoch!))
  expect(trial).toBe(best.number)
  expect(metrics.loss).toBeCloseTo(own[0]!, 12)
  expect(summary).toMatchObject({
    baselines: [{ name: 'naive' }],
    refits: own.map((value) => ({ loss: expect.closeTo(value, 12) })),
    default: {
      trial: 0,
      metrics: { loss: expect.any(Number) },
      difference: { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
    },
  })
  // The test rows are opened once, for all.
  expect(legs.filter((leg) => leg.startsWith('evaluate'))).toEqual([`evaluate ${best.number}/`])
  expect(legs.filter((leg) => leg.startsWith('refit'))).toHaveLength(4)
  const log = open()
  const { 'model.json': shown } = await log.artifacts.read({ ...published(log), name: 'best' })
  expect(JSON.parse(new TextDecoder().decode(shown))).toBeCloseTo(own[0]!, 12)
})

test('more trials may follow, and the study be finished again, whoever then wins', async () => {
  const { finish, config, open } = await tuned()
  await finish()
  const more = (await prepareStudy({ ...config, trials: 12 })).resume()
  await more.run()
  await more.dispose()
  const { trial } = await finish()
  const log = open()
  expect(readStudy(log).state.evaluations).toHaveLength(2)
  expect(readStudy(log).published?.trial).toBe(trial)
})

test('a leg that lost its worker is begun again once', async () => {
  const lost = new Set<number>()
  const { finish, legs } = await tuned({}, (leg) => {
    if (leg.kind !== 'refit' || leg.attempt > 0) return 0
    lost.add(leg.trial)
    throw new RondoError('RONDO_WORKER_LOST', { message: 'The worker process was killed.' })
  })
  await finish()
  expect(lost.size).toBe(2)
  expect(legs.filter((leg) => leg.startsWith('refit'))).toHaveLength(8)
})

test('what was trained before an interruption is not trained again', async () => {
  const stop = new AbortController()
  let refits = 0
  const { finish, legs } = await tuned({}, (leg) => {
    if (leg.kind === 'refit' && ++refits === 2) stop.abort()
    return 0
  })
  await expect(finish(stop.signal)).rejects.toThrow(expect.objectContaining({ code: 'RONDO_INTERRUPTED' }))
  await finish()
  const trained = legs.filter((leg) => leg.startsWith('refit'))
  // Four in all; the second was interrupted and came again, the others did not.
  expect(new Set(trained).size).toBe(4)
  expect(trained).toHaveLength(5)
})

test('a model from elsewhere is scored on the same rows, beside the others', async () => {
  const { finish, legs, open } = await tuned()
  const files = { 'model.json': new TextEncoder().encode('0.125') }
  const { metrics, summary } = await finish(undefined, 1, { params: { rate: 0.5 }, files })
  const value = metrics.loss! - 0.125
  expect(summary).toMatchObject({
    default: { trial: 0 },
    incumbent: { metrics: { loss: 0.125 }, difference: { value: expect.closeTo(value, 12), coverage: 0.9 } },
  })
  expect(legs.filter((leg) => leg.startsWith('evaluate'))).toHaveLength(1)
  // Its files were lent to the study, and are not kept.
  const log = open()
  expect(await log.artifacts.list()).not.toContain('incumbent')
  log.close()
})

test('without a last training the model of the fold is scored', async () => {
  const { finish, legs, best } = await tuned()
  const { metrics, summary } = await finish(undefined, 0)
  expect(metrics.loss).toBe(best.curve.at(-1)!.value)
  expect(summary).not.toHaveProperty('refits')
  expect(legs.filter((leg) => leg.startsWith('refit'))).toEqual([])
})

function published(log: { read(): Iterable<{ readonly event: { readonly type: string } }> }) {
  const events = [...log.read()].map(({ event }) => event)
  return (events.findLast(({ type }) => type === 'best.published') as never as { model: { sha256: string } })
    .model
}
