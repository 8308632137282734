import { learningRateSchedule } from '@rondo/callbacks'
import type { Dataset, Leg, LegResult } from '@rondo/core'
import { lstm } from '@rondo/models-lstm'
import { holdout } from '@rondo/splitters'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { workplace as anyWorkplace, type Changes, leg, listen, type Workplace } from './fixtures/study.ts'
import { makeWave, waveOf } from './fixtures/wave.ts'

const refit = (over: Partial<Leg> = {}): Leg =>
  leg({ kind: 'refit', leg: 1, budget: { epochs: 3, folds: 1 }, refit: { replica: 0 }, ...over })

const json = async (place: Workplace, { model }: LegResult, name: string) =>
  JSON.parse(new TextDecoder().decode((await place.artifacts.read(model!))[name]))

// 240 rows, of which 40 are test rows; windows reach back 8 rows, so that 192 can be scored.
const ROWS = 192

describe.each(['compiled', 'tfjs'] as const)('a refit on the %s step', (step) => {
  const workplace = (changes: Changes = {}) =>
    anyWorkplace({ ...changes, trainer: { step, ...changes.trainer } })

  test('trains on every development row for the updates of the first fold', async () => {
    const place = workplace({ splitter: holdout({ validation: 0.25 }) })
    const trained = await place.trainer.run(leg({ budget: { epochs: 3, folds: 1 } }), listen(place))
    const result = await place.trainer.run(refit(), listen(place))
    expect(trained.summary!.epochs).toEqual([3])
    expect(result.outcome).toBe('reached')
    // 143 train rows (48 of 192 are validated on, the horizon lies between) in batches of 16, three times.
    expect(result.summary).toMatchObject({ replica: 0, rows: ROWS, updates: 27 })
    // 12 updates are one pass over all rows.
    expect(result.measurements.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(Object.keys(result.measurements[0]!.metrics)).toEqual(['loss', 'learningRate', 'gradient_norm'])
  })

  test('leaves a whole model, scaled by all development rows, that can be scored', async () => {
    const place = workplace({ splitter: holdout({ validation: 0.25 }) })
    const result = await place.trainer.run(refit(), listen(place))
    expect(result.model!.name).toBe('trials/3/refit-0')
    const files = await place.artifacts.read(result.model!)
    expect(Object.keys(files).sort()).toEqual([
      ...['metrics.json', 'model.json', 'params.json', 'preprocess.json', 'weights.bin'],
    ])
    const whole = makeWave().development()
    const rows = whole.targets(8).targets
    const { preprocess } = whole.prepare({ train: rows, validation: new Int32Array() }, { window: 8 })
    expect(await json(place, result, 'preprocess.json')).toEqual(preprocess)
    const tested = await place.trainer.run(
      leg({ kind: 'evaluate', leg: 1, from: result.model! }),
      listen(place),
    )
    expect(tested.measurements[0]).toMatchObject({ epoch: 3, metrics: { mae: expect.any(Number) } })
  })

  test('interrupted after every pass it gives the bits of one that was not', async () => {
    const changes = { trainer: { checkpointEveryMs: 0 } }
    const whole = workplace(changes)
    const rates = { replica: 2, learningRates: [0.02, 0.01, 0.005] }
    const context = listen(whole)
    const once = await whole.trainer.run(refit({ refit: rates }), context)
    const midway = context.messages.filter(({ type }) => type === 'checkpointed')
    expect(midway.length).toBe(once.measurements.length - 1)
    const place = workplace()
    const interrupted = (from: Partial<Leg>) =>
      place.trainer.run(
        refit({ refit: rates, ...from }),
        listen(place, (_message, interrupt) => interrupt()),
      )
    let result = await interrupted({})
    let interruptions = 0
    while (result.outcome === 'interrupted') {
      interruptions++
      result = await interrupted({ from: result.checkpoint!, attempt: interruptions })
    }
    expect(interruptions).toBe(once.measurements.length - 1)
    expect(result.measurements).toEqual(once.measurements)
    expect(result.model!.sha256).toBe(once.model!.sha256)
  })

  test('takes the rates of the epochs that it repeats, and asks no callback', async () => {
    const schedule = learningRateSchedule({ kind: 'linear', to: 0.1 })
    const place = workplace({ callbacks: [schedule] })
    const trained = await place.trainer.run(leg({ budget: { epochs: 3, folds: 1 } }), listen(place))
    const learningRates = trained.measurements.map(({ metrics }) => metrics.learningRate!)
    expect(learningRates[0]).toBeGreaterThan(learningRates[2]!)
    const replayed = await place.trainer.run(refit({ refit: { replica: 0, learningRates } }), listen(place))
    const without = workplace({ callbacks: [] })
    const plain = await without.trainer.run(refit({ refit: { replica: 0, learningRates } }), listen(without))
    expect(plain.model!.sha256).toBe(replayed.model!.sha256)
    const rates = replayed.measurements.map(({ metrics }) => metrics.learningRate!)
    expect(Math.max(...rates)).toBeLessThanOrEqual(learningRates[0]!)
    expect(rates.at(-1)).toBe(learningRates[2])
    const constant = await place.trainer.run(refit(), listen(place))
    expect(constant.measurements.map(({ metrics }) => metrics.learningRate)).toEqual(
      constant.measurements.map(() => 0.01),
    )
  })

  test('takes the dropout rates of those epochs, too', async () => {
    const weights = async (dropout: number, dropoutRates?: readonly number[]) => {
      const place = workplace({ model: lstm({ units: 6, batchSize: 16, dropout }) })
      const repeated = refit({ refit: { replica: 0, ...(dropoutRates && { dropoutRates }) } })
      const { model } = await place.trainer.run(repeated, listen(place))
      return (await place.artifacts.read(model!))['weights.bin']
    }
    expect(await weights(0.4, [0, 0, 0])).toEqual(await weights(0))
    expect(await weights(0.4, [0, 0, 0.4])).not.toEqual(await weights(0))
  })

  test('differs by its replica from the others and from the fold, and leaves no tensor', async () => {
    const place = workplace()
    const before = tf.memory().numTensors
    const runs = []
    for (const replica of [0, 1]) {
      runs.push(await place.trainer.run(refit({ refit: { replica } }), listen(place)))
    }
    const [first, second] = runs.map(({ measurements }) => measurements[0]!.metrics.loss)
    expect(first).not.toBe(second)
    expect(tf.memory().numTensors).toBe(before)
  })
})

test('a refit reads no test row: other values there change no bit of it', async () => {
  const hashes = []
  for (const spoiled of [undefined, Number.NaN, 1e6]) {
    const place = anyWorkplace({ data: waveOf(spoil(spoiled)), splitter: holdout() })
    hashes.push((await place.trainer.run(refit(), listen(place))).model!.sha256)
  }
  expect(new Set(hashes).size).toBe(1)
})

/** The wave, whose test rows give `value` and may not be opened. */
function spoil(value: number | undefined): Dataset {
  const dataset = makeWave(value === undefined ? {} : { testValue: value })
  return {
    ...dataset,
    evaluation: () => {
      throw new Error('the test rows were opened')
    },
  }
}

test('a refit refuses the checkpoint of a fold', async () => {
  const place = anyWorkplace()
  const { checkpoint } = await place.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), listen(place))
  await expect(place.trainer.run(refit({ from: checkpoint! }), listen(place))).rejects.toMatchObject({
    code: 'RONDO_CHECKPOINT_INVALID',
  })
})
