import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type ArtifactRef,
  type JsonObject,
  type Leg,
  type LegResult,
  maximize,
  type Refit,
  type RivalScore,
} from '@rondo/core'
import { applyPreprocess, csv, type NumberColumn, type Preprocess, readTable } from '@rondo/dataset'
import { lstm } from '@rondo/models-lstm'
import { holdout, walkForward } from '@rondo/splitters'
import { afterAll, describe, expect, test } from 'vitest'
import { predictWindows } from '../src/index.ts'
import { leg, listen, type Workplace, workplace } from './fixtures/study.ts'

const file = new URL('../../../examples/weather/seattle-weather.csv', import.meta.url)
const rain = new URL('../../../examples/rain/jfk-weather.csv', import.meta.url)
const budget = { epochs: 3, folds: 1 }
const study = { params: { window: 4 }, budget, fullBudget: budget }

const read = async (place: Workplace, model: NonNullable<Leg['from']>) => {
  const files = await place.artifacts.read(model)
  const json = JSON.parse(new TextDecoder().decode(files['preprocess.json'])) as JsonObject
  return { files, json, preprocess: json as unknown as Preprocess }
}

describe('a model is saved with what its validation samples tell of it', () => {
  const forecast = () =>
    workplace({
      data: csv(file, { target: 'temp_max', features: ['temp_max'], intervals: [0.8] }),
      model: lstm({ units: 8, learningRate: 0.01, batchSize: 64 }),
      splitter: holdout(),
    })

  test('intervals hold as much of the test rows as they say, about', async () => {
    const place = forecast()
    const { model } = await place.trainer.run(leg(study), listen(place))
    const { files, json } = await read(place, model!)
    const table = await readTable(fileURLToPath(file))
    const input = applyPreprocess(json, table, 'all')
    const predictions = input.decode(await predictWindows(files, input))
    const temperatures = table.columns.find(({ name }) => name === 'temp_max') as NumberColumn
    // The head is line 1, so that the row after line n has index n − 1.
    const test = predictions.filter(({ row }) => row - 1 < table.rows).slice(-219)
    const held = test.filter(({ row, intervals }) => {
      const { lower, upper } = intervals!.temp_max![0]!
      const truth = temperatures.values[row - 1]!
      return lower <= truth && truth <= upper
    })
    expect(held.length / test.length).toBeGreaterThan(0.7)
    expect(held.length / test.length).toBeLessThan(0.9)
  })

  test('the same in however many legs, also where the last one trains nothing', async () => {
    const once = forecast()
    const whole = await once.trainer.run(leg(study), listen(once))
    const parts = forecast()
    const short = { epochs: 1, folds: 1 }
    const first = await parts.trainer.run(leg({ ...study, budget: short }), listen(parts))
    const again = await parts.trainer.run(
      leg({ ...study, leg: 1, budget: short, from: first.checkpoint! }),
      listen(parts),
    )
    expect((await read(parts, again.model!)).json).toEqual((await read(parts, first.model!)).json)
    const rest = await parts.trainer.run(leg({ ...study, leg: 2, from: again.checkpoint! }), listen(parts))
    const { preprocess } = await read(parts, rest.model!)
    expect(preprocess).toEqual((await read(once, whole.model!)).preprocess)
    expect(preprocess.intervals).toMatchObject({ coverage: [0.8] })
  })

  test('a threshold decides on the test rows, also when the model is trained again on all rows', async () => {
    const kept = { missing: 'ffill', gaps: 'keep' } as const
    const rare = (threshold: 'f1' | number) =>
      workplace({
        data: csv(rain, {
          target: 'rain',
          features: ['humidity', 'dewPoint', 'pressure'],
          ...kept,
          threshold,
        }),
        model: lstm({ units: 4, learningRate: 0.01, batchSize: 64 }),
        splitter: holdout(),
      })
    const classes = { ...study, objective: maximize('val_averagePrecision') }
    const recallOf = async (place: Workplace, from: ArtifactRef) => {
      const tested = await place.trainer.run(leg({ ...classes, kind: 'evaluate', from }), listen(place))
      return tested.measurements[0]!.metrics.recall!
    }
    const place = rare('f1')
    const { model } = await place.trainer.run(leg(classes), listen(place))
    const { threshold } = (await read(place, model!)).preprocess
    expect(threshold).toBeLessThan(0.5)
    const usual = rare(0.5)
    const undecided = await usual.trainer.run(leg(classes), listen(usual))
    expect(await recallOf(place, model!)).toBeGreaterThan(await recallOf(usual, undecided.model!))

    const refit: Refit & { readonly model: ArtifactRef } = { replica: 0, model: model! }
    const refitted = await place.trainer.run(leg({ ...classes, kind: 'refit', leg: 1, refit }), listen(place))
    expect((await read(place, refitted.model!)).preprocess.threshold).toBe(threshold)
  })
})

describe('of several folds', () => {
  /** Alarms on some days after x was high: 7 of 100. */
  const rows = Array.from({ length: 700 }, (_, day) => {
    const date = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)
    return `${date},${(day * 37) % 100},${(day * 37) % 100 > 62 && (day * 11) % 5 === 0 ? 'alarm' : 'calm'}`
  })
  const folder = mkdtempSync(join(tmpdir(), 'rondo-folds-'))
  const path = join(folder, 'alarms.csv')
  writeFileSync(path, `date,x,state\n${rows.join('\n')}\n`)
  afterAll(() => rmSync(folder, { recursive: true }))
  const alarms = () =>
    workplace({
      data: csv(path, { target: 'state', seasons: [] }),
      model: lstm({ units: 4, learningRate: 0.02, batchSize: 32 }),
      splitter: walkForward({ folds: 3 }),
      callbacks: [],
    })
  const both = { epochs: 3, folds: 3 }
  const folds = {
    ...study,
    budget: both,
    fullBudget: both,
    objective: maximize('val_averagePrecision'),
  }
  const pooledOf = ({ measurements }: Pick<LegResult, 'measurements'>) =>
    measurements.map(({ metrics }) => metrics.pooled_val_averagePrecision)

  test('average precision is that of all their samples together, in however many legs', async () => {
    const once = alarms()
    const whole = await once.trainer.run(leg(folds), listen(once))
    const pooled = pooledOf(whole)
    expect(pooled.slice(0, 3)).toEqual([undefined, undefined, undefined])
    expect(pooled.slice(3).every((value) => value! > 0 && value! <= 1)).toBe(true)
    const own = whole.measurements.map(({ metrics }) => metrics.val_averagePrecision!)
    expect(pooled[8]).not.toBeCloseTo((own[2]! + own[5]! + own[8]!) / 3, 6)

    const parts = alarms()
    const short = { epochs: 1, folds: 1 }
    const first = await parts.trainer.run(leg({ ...folds, budget: short }), listen(parts))
    const wide = await parts.trainer.run(
      leg({ ...folds, leg: 1, budget: { epochs: 1, folds: 3 }, from: first.checkpoint! }),
      listen(parts),
    )
    const rest = await parts.trainer.run(leg({ ...folds, leg: 2, from: wide.checkpoint! }), listen(parts))
    expect(pooledOf(first)).toEqual([undefined])
    expect(pooledOf(wide)).toEqual([pooled[3], pooled[6]])
    expect(pooledOf(rest)).toEqual([undefined, undefined, pooled[4], pooled[5], pooled[7], pooled[8]])
  })

  test('one threshold is chosen on the samples of all, and saved with each', async () => {
    const place = alarms()
    const { model } = await place.trainer.run(leg(folds), listen(place))
    const files = await place.artifacts.read(model!)
    const thresholds = ['', 'fold-1/', 'fold-2/'].map(
      (fold) =>
        (JSON.parse(new TextDecoder().decode(files[`${fold}preprocess.json`])) as Preprocess).threshold,
    )
    expect(new Set(thresholds).size).toBe(1)
  })
})

test('an evaluation sets rivals and baselines beside the model, with how sure each difference is', async () => {
  const place = workplace({
    data: csv(file, { target: 'temp_max', features: ['temp_max'] }),
    model: lstm({ units: 8, learningRate: 0.01, batchSize: 64 }),
    splitter: holdout(),
  })
  const trained = await place.trainer.run(leg(study), listen(place))
  const short = await place.trainer.run(
    leg({ ...study, trial: 4, budget: { epochs: 1, folds: 1 } }),
    listen(place),
  )
  const rivals = [
    { params: study.params, model: trained.model! },
    { params: study.params, model: short.model! },
  ]
  const tested = await place.trainer.run(
    leg({ ...study, kind: 'evaluate', from: trained.model!, rivals }),
    listen(place),
  )
  const own = tested.measurements[0]!.metrics.mae!
  const [itself, other] = tested.rivals!
  expect(itself).toMatchObject({ metrics: { mae: own }, difference: { value: 0, low: 0, high: 0 } })
  const baselines = tested.summary!.baselines as unknown as (RivalScore & { readonly name: string })[]
  expect(baselines.map(({ name }) => name)).toContain('ridge')
  for (const { metrics, difference } of [other!, ...baselines]) {
    expect(difference!.value).toBeCloseTo(own - metrics.mae!, 10)
    expect(difference!.low).toBeLessThan(difference!.value)
    expect(difference!.high).toBeGreaterThan(difference!.value)
  }
})
