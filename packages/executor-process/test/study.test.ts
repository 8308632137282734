import { type LoggedEvent, prepareStudy, type StudyConfig, type TrialView } from '@rondo/core'
import { expect, test } from 'vitest'
import { processPool } from '../src/index.ts'
import greedy from './fixtures/greedy.ts'
import unlucky from './fixtures/unlucky.ts'

async function run(
  config: StudyConfig,
  fixture: 'greedy' | 'unlucky' = 'unlucky',
): Promise<{ trials: readonly TrialView[]; events: readonly LoggedEvent[] }> {
  const events: LoggedEvent[] = []
  const module = new URL(`./fixtures/${fixture}.ts`, import.meta.url).href
  const prepared = await prepareStudy(config, {
    module,
    observer: { onEvent: (event) => events.push(event) },
  })
  const study = prepared.create()
  try {
    expect(await study.run()).toBe('trials')
    return { trials: study.state.trials, events }
  } finally {
    await study.dispose()
  }
}

test('a study whose workers die goes on from their checkpoints, and comes to what one process comes to', async () => {
  const { trials: alone } = await run(unlucky)
  const { trials, events } = await run({ ...unlucky, executor: processPool({ workers: 2 }) })
  const outcome = (all: readonly TrialView[]) =>
    all.map(({ params, curve, value, state }) => ({ params, curve, value, state }))
  expect(outcome(trials)).toEqual(outcome(alone))
  const restarted = events.filter(({ event }) => event.type === 'leg.restarted').map(({ event }) => event)
  expect(restarted.map((event) => event.type === 'leg.restarted' && event.trial).sort()).toEqual([0, 3, 6])
  for (const event of restarted)
    expect(event).toMatchObject({ cause: 'worker', from: { name: expect.stringContaining('checkpoint-2') } })
  const ended = events.flatMap(({ event }) => (event.type === 'leg.ended' ? [event] : []))
  expect(ended.find(({ trial }) => trial === 3)?.summary).toEqual({ began: 2 })
  expect(ended.find(({ trial }) => trial === 1)?.summary).toEqual({ began: 0 })
})

test('a trial that needs more memory than a worker may use fails with that reason, and the study goes on', async () => {
  const { trials, events } = await run(greedy, 'greedy')
  expect(trials.map(({ state }) => state)).toEqual(['completed', 'failed', 'completed'])
  expect(trials[1]!.failure).toMatchObject({ cause: 'worker', code: 'RONDO_WORKER_LOST' })
  expect(trials[1]!.failure!.message).toMatch(/used \d+ MB of memory; 400 are allowed/)
  expect(events.filter(({ event }) => event.type === 'leg.restarted')).toHaveLength(1)
})
