import { compose, deriveRng, prepareStudy, SPLITTER, type SplitRequest } from '@rondo/core'
import { callbackSuite, modelBuilderSuite, splitterSuite } from '@rondo/testkit'
import { describe, expect, test } from 'vitest'
import { generalisationLoss } from '../../examples/compose/generalisation-loss.ts'
import { patches } from '../../examples/compose/patches.ts'
import { recentInFull } from '../../examples/compose/recent-in-full.ts'
import study from '../../examples/compose/study.ts'

describe('the plugins of the composed tuner keep the rules of their kind', () => {
  for (const { name, run } of splitterSuite.checks) {
    test(`splitter: ${name}`, () => run(() => recentInFull({ recent: 50 })))
  }
  for (const { name, run } of callbackSuite.checks) {
    test(`callback: ${name}`, () => run(() => generalisationLoss({ percent: 1 })))
  }
  for (const { name, run } of modelBuilderSuite.checks) test(`model: ${name}`, () => run(patches))
})

test('the splitter trains on all recent rows and on a third of those before', () => {
  const targets = Int32Array.from({ length: 1000 }, (_, row) => row + 28)
  const request: SplitRequest = {
    targets,
    horizon: 2,
    window: 28,
    sequential: true,
    rng: deriveRng({ seed: 0, purpose: 'split' }),
  }
  const [fold] = compose([recentInFull({ recent: 300 })])
    .resolve(SPLITTER)
    .split(request)
  expect(Array.from(fold!.validation)).toEqual(Array.from(targets.slice(800)))
  // The last target before validation that is known in time is row 826.
  expect(fold!.train.at(-1)).toBe(826)
  expect(fold!.train.length).toBe(300 + Math.floor(499 / 3))
  expect(Array.from(fold!.train.slice(-300))).toEqual(Array.from(targets.slice(499, 799)))
})

test('the composed study learns more than the last value says, in a worker process', {
  timeout: 120_000,
}, async () => {
  const module = new URL('../../examples/compose/study.ts', import.meta.url).href
  const prepared = await prepareStudy({ ...study, trials: 1, epochs: 8 }, { module })
  const running = prepared.create()
  try {
    expect(await running.run()).toBe('trials')
    const { metrics, summary } = await running.evaluate()
    const baselines = summary!.baselines as unknown as readonly {
      readonly name: string
      readonly metrics: { readonly mae: number }
    }[]
    const naive = baselines.find(({ name }) => name === 'naive')!
    expect(metrics.mae).toBeLessThan(naive.metrics.mae)
  } finally {
    await running.dispose()
  }
})
