import { deriveRng, type JsonObject } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bestThreshold } from '../src/calibration/threshold.ts'
import { applyPreprocess, type CsvOptions, measurePooled, readTable } from '../src/index.ts'
import { confusionOf, mcc } from '../src/metrics/confusion.ts'
import { averagePrecision } from '../src/metrics/ranking.ts'
import { cut, daily, dayOf, errorOf, file, load } from './files.ts'

const saved = (json: JsonObject) => JSON.parse(JSON.stringify(json)) as JsonObject

describe('the decision threshold', () => {
  test('is as good on the samples as any other', () => {
    const sample = fc.record({ positive: fc.boolean(), score: fc.double({ min: 0, max: 1, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(sample, { minLength: 2, maxLength: 30 }), (samples) => {
        const actual = Uint8Array.from(samples, ({ positive }) => Number(positive))
        const scores = Float64Array.from(samples, ({ score }) => score)
        const valueAt = (threshold: number) =>
          mcc(
            confusionOf(
              Int32Array.from(actual),
              Int32Array.from(scores, (score) => Number(score >= threshold)),
              2,
            ),
          )
        const best = valueAt(bestThreshold(actual, scores, 'mcc'))
        for (const threshold of [0.5, ...scores])
          expect(best).toBeGreaterThanOrEqual(valueAt(threshold) - 1e-9)
      }),
    )
  })

  test('is .5 where that is as good as any', () => {
    expect(bestThreshold(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.2, 0.8, 0.9), 'f1')).toBe(0.5)
    expect(bestThreshold(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.2, 0.3, 0.9), 'f1')).toBeCloseTo(
      0.25,
      12,
    )
  })

  test('is saved with the model, and decides in its predictions and on the test rows', async () => {
    const content = daily(300, { y: (day) => (day % 4 === 0 ? 'yes' : 'no'), x: (day) => day % 4 })
    const dataset = await load(file(content), { target: 'y', seasons: [] })
    const view = dataset.development()
    const fold = view.prepare(cut(view.targets(4).targets), { window: 4 })
    // A model that knows, but is shy.
    const shy = (targets: Float32Array, rows: Int32Array) =>
      Float32Array.from(rows, (row) => (targets[row] === 1 ? 0.2 : 0.1))
    const outputs = shy(fold.targets, fold.validationTargets)
    expect(fold.score(outputs).recall).toBe(0)
    const preprocess = saved(fold.calibrate([fold.evidence(outputs)]))
    expect(preprocess.threshold).toBeCloseTo(0.15, 6)

    const { view: all, fold: testFold } = dataset.evaluation()
    const test = all.prepare(testFold(4), {}, preprocess)
    expect(test.preprocess).toEqual(preprocess)
    expect(test.score(shy(test.targets, test.validationTargets))).toMatchObject({ recall: 1, precision: 1 })
    const input = applyPreprocess(preprocess, await readTable(file(content)))
    expect(input.decode([0.16])[0]!.values.y).toBe('yes')
    expect(input.decode([0.14])[0]!.values.y).toBe('no')
  })
})

describe('a rare class', () => {
  const rare = (name: string, other: string) =>
    daily(400, { y: (day) => (day % 25 === 3 ? name : other), x: (day) => day % 25 })

  test('is the positive one, whatever its name, and average precision is what to rank by', async () => {
    for (const [name, other] of [
      ['alarm', 'normal'],
      ['yes', 'no'],
    ] as const) {
      const dataset = await load(file(rare(name, other)), { target: 'y' })
      expect(dataset.description.classes).toEqual([other, name])
      expect(dataset.objective).toEqual({ metric: 'val_averagePrecision', direction: 'maximize' })
      expect(dataset.reasons.join()).toContain(`“${name}”`)
      const view = dataset.development()
      const prepared = view.prepare(cut(view.targets(7).targets), { window: 7, classWeights: 'balanced' })
      const right = Float32Array.from(prepared.validationTargets, (row) => prepared.targets[row]!)
      const positives = right.filter((value) => value === 1).length
      expect(positives / right.length).toBeLessThan(0.1)
      expect(prepared.score(right)).toMatchObject({ averagePrecision: 1, recall: 1 })
      const weights = prepared.trainTargets.map((row) => (prepared.weights![row]! > 5 ? 1 : 0))
      expect(weights.reduce((a, b) => a + b)).toBe(
        prepared.trainTargets.filter((row) => prepared.targets[row] === 1).length,
      )
    }
  })

  test('is not where the user says otherwise, nor where it is not rare', async () => {
    const chosen = await load(file(rare('alarm', 'normal')), { target: 'y', positive: 'normal' })
    expect(chosen.description.classes).toEqual(['alarm', 'normal'])
    const even = await load(file(daily(200, { y: (day) => ['a', 'b'][day % 2]!, x: (day) => day % 9 })), {
      target: 'y',
    })
    expect(even.objective.metric).toBe('val_accuracy')
    expect(
      await errorOf(load(file(rare('alarm', 'normal')), { target: 'y', positive: 'alert' })),
    ).toMatchObject({ code: 'RONDO_OPTION_INVALID', value: 'alert', place: { field: 'data.positive' } })
  })

  test('is ranked over the samples of all folds together', async () => {
    const dataset = await load(file(rare('yes', 'no')), { target: 'y' })
    const view = dataset.development()
    const { targets } = view.targets(7)
    const rng = deriveRng({ seed: 5, purpose: 'scores' })
    const folds = [0.5, 0.75].map((share) => {
      const at = Math.floor(share * targets.length)
      const end = Math.floor((share + 0.25) * targets.length)
      const fold = view.prepare(
        { train: targets.slice(0, at), validation: targets.slice(at, end) },
        { window: 7 },
      )
      return { fold, outputs: Float32Array.from(fold.validationTargets, () => rng.uniform()) }
    })
    const pooled = measurePooled(
      'averagePrecision',
      folds.map(({ fold, outputs }) => fold.scored(outputs)),
    )
    const all = folds.flatMap(({ fold, outputs }) =>
      [...fold.validationTargets].map((row, i) => ({ positive: fold.targets[row]!, score: outputs[i]! })),
    )
    expect(pooled).toBeCloseTo(
      averagePrecision(
        Uint8Array.from(all, ({ positive }) => positive),
        Float64Array.from(all, ({ score }) => score),
      ),
      12,
    )
    const means = folds.map(({ fold, outputs }) => fold.score(outputs).averagePrecision!)
    expect(pooled).not.toBeCloseTo((means[0]! + means[1]!) / 2, 6)
  })
})

describe('the calibration of several folds', () => {
  /** Two folds of noise with models that give nothing, and one that holds the validation rows of both. */
  const folds = async (options: CsvOptions, seed: number) => {
    const rng = deriveRng({ seed, purpose: 'noise' })
    const content = daily(160, {
      y: () => (options.task === 'classify' ? (rng.uniform() < 0.4 ? 'yes' : 'no') : rng.normal()),
      x: (day) => day % 9,
    })
    const view = (await load(file(content), { seasons: [], ...options })).development()
    const { targets } = view.targets(4)
    const part = (from: number, to: number) => targets.slice(from, to)
    const prepare = (train: Int32Array, validation: Int32Array) =>
      view.prepare({ train, validation }, { window: 4, scale: 'none' })
    const first = prepare(part(0, 60), part(60, 90))
    const second = prepare(part(0, 90), part(90, 125))
    const both = prepare(part(0, 60), part(60, 125))
    const outputs = Float32Array.from({ length: 65 }, () => rng.uniform())
    const evidence = [first.evidence(outputs.slice(0, 30)), second.evidence(outputs.slice(30))]
    return { alone: both.calibrate([both.evidence(outputs)]), together: second.calibrate(evidence) }
  }

  test('is that of all their samples at once, whatever the models say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const classes = await folds({ target: 'y', task: 'classify' }, seed)
        expect(classes.together.threshold).toBe(classes.alone.threshold)
        const numbers = await folds({ target: 'y' }, seed)
        expect(numbers.together.intervals).toEqual(numbers.alone.intervals)
      }),
      { numRuns: 10 },
    )
  })
})

describe('intervals', () => {
  test.each(['level', 'difference-7', 'window'])(
    'of a target as its %s hold as many of the test values as they say, in their own units',
    async (targetTransform) => {
      const rng = deriveRng({ seed: 3, purpose: 'noise' })
      const noise = Array.from({ length: 3000 }, () => rng.normal())
      const path = file(
        daily(3000, { y: (day) => 100 + 10 * (day % 7) + 4 * noise[day]!, x: (day) => day % 5 }),
      )
      const dataset = await load(path, { target: 'y', horizon: 2, targetTransform, test: 0.3 })
      const view = dataset.development()
      const trained = view.prepare(cut(view.targets(14).targets, 0.5), { window: 14 })
      // A model that always gives the mean of what it has learned.
      const nothing = (count: number) => new Float32Array(count * 2)
      const preprocess = saved(
        trained.calibrate([trained.evidence(nothing(trained.validationStarts.length))]),
      )
      const input = applyPreprocess(preprocess, await readTable(path), 'all')
      const predictions = input.decode(nothing(input.starts.length)).slice(-1600, -4)
      const y = (row: number) => 100 + 10 * (row % 7) + 4 * noise[row]!
      for (const [i, coverage] of [0.8, 0.95].entries()) {
        const held = predictions.filter(({ row, step, intervals }) => {
          const { lower, upper, coverage: own } = intervals!.y![i]!
          expect(own).toBe(coverage)
          // Row `row` of the file is day `row` − 2.
          const actual = y(row - 2 + step)
          return lower <= actual && actual <= upper
        })
        expect(held.length / predictions.length).toBeGreaterThan(coverage - 0.04)
        expect(held.length / predictions.length).toBeLessThan(coverage + 0.04)
      }
    },
  )

  test('are as wide in the units of the data when a model is trained anew on all rows', async () => {
    const path = file(daily(400, { y: (day) => 100 + (day < 200 ? 1 : 5) * (day % 7), x: (day) => day % 5 }))
    const dataset = await load(path, { target: 'y', targetTransform: 'level', test: 0.1 })
    const view = dataset.development()
    const { targets } = view.targets(7)
    const first = view.prepare(
      { train: targets.slice(0, 150), validation: targets.slice(200) },
      { window: 7 },
    )
    const calibrated = saved(
      first.calibrate([first.evidence(new Float32Array(first.validationStarts.length))]),
    )
    const whole = view.prepare({ train: targets, validation: new Int32Array() }, { window: 7 })
    const widths = async (preprocess: JsonObject) => {
      const [prediction] = applyPreprocess(saved(preprocess), await readTable(path)).decode([0])
      return prediction!.intervals!.y!.map(({ lower, upper }) => upper - lower)
    }
    const kept = await widths(whole.calibrateAs(calibrated))
    for (const [i, width] of (await widths(calibrated)).entries()) expect(kept[i]).toBeCloseTo(width, 8)
    // Everything else is what all rows tell.
    expect({ ...whole.calibrateAs(calibrated), intervals: undefined }).toEqual({
      ...whole.preprocess,
      intervals: undefined,
    })
  })

  test('stand about the forecasts of the validation rows, beside what happened', async () => {
    const path = file(daily(200, { y: (day) => 100 + 3 * day + (day % 5) }))
    const view = (
      await load(path, { target: 'y', horizon: 2, targetTransform: 'difference-7', intervals: [0.5, 0.9] })
    ).development()
    const fold = view.prepare(cut(view.targets(7).targets), { window: 7 })
    const nothing = new Float32Array(2 * fold.validationStarts.length)
    const { target, labels, actual, predicted, low } = fold.compare!(nothing)
    expect(target).toBe('y')
    const days = labels.map((label) => (Date.parse(label) - Date.parse(dayOf(0))) / 86_400_000)
    expect(actual).toEqual(days.map((day) => 100 + 3 * day + (day % 5)))
    // A sample's target row is the second one ahead.
    expect(days.map((day) => day + 1)).toEqual([...fold.validationTargets])
    // An output of 0 stands for the usual rise in a week.
    for (const [i, value] of predicted.entries()) expect(value - actual[i]!).toBeCloseTo(0, -1)
    expect(low).toBeUndefined()
    const calibrated = view.prepare(
      cut(view.targets(7).targets),
      { window: 7 },
      saved(fold.calibrate([fold.evidence(nothing)])),
    ).compare!(nothing)
    expect(calibrated.predicted).toEqual(predicted)
    const held = actual.filter((value, i) => calibrated.low![i]! <= value && value <= calibrated.high![i]!)
    expect(held.length / actual.length).toBeGreaterThanOrEqual(0.5)
    expect(held.length / actual.length).toBeLessThan(0.8)
  })

  test('are left out where there are too few residuals to vouch for them', async () => {
    const view = (await load(file(daily(60, { y: (day) => day % 7 })), { target: 'y' })).development()
    const { targets } = view.targets(7)
    const fold = view.prepare({ train: targets.slice(0, -10), validation: targets.slice(-10) }, { window: 7 })
    // The 95 % of 10 residuals would be the eleventh.
    expect(fold.calibrate([fold.evidence(new Float32Array(10))])).toMatchObject({
      intervals: { coverage: [0.8] },
    })
  })
})

describe('quantiles', () => {
  const options = { target: ['y', 'z'], horizon: 2, quantiles: [0.1, 0.5, 0.9], seasons: [] }
  const content = daily(300, { y: (day) => day % 11, z: (day) => (day * 7) % 13 })

  test('are outputs of their own, scored by their pinball losses and the median', async () => {
    const dataset = await load(file(content), options)
    expect(dataset.description).toMatchObject({ outputs: 12, quantiles: options.quantiles })
    expect(dataset.objective).toEqual({ metric: 'val_pinball', direction: 'minimize' })
    const view = dataset.development()
    const prepared = view.prepare(cut(view.targets(5).targets), { window: 5, scale: 'none' })
    const exact = new Float32Array(prepared.validationTargets.length * 12)
    for (const [i, row] of prepared.validationTargets.entries()) {
      exact.set(prepared.targets.subarray(row * 12, (row + 1) * 12), i * 12)
    }
    expect(prepared.score(exact)).toMatchObject({ mae: 0, pinball: 0 })
    // The outer ones 1 and 2 off: losses .1 and .2 on their cheap sides, 0 for the median.
    const wide = exact.map((value, i) => value + [-1, 0, 2][i % 3]!)
    expect(prepared.score(wide)).toMatchObject({ mae: 0 })
    expect(prepared.score(wide).pinball).toBeCloseTo((0.1 + 0 + 0.2) / 3, 6)
    const scores = dataset.baselines(view, cut(view.targets(5).targets), 5)
    expect(scores.every(({ metrics }) => metrics.pinball! > 0)).toBe(true)
  })

  test('come back by name and ascend, though those of a model may cross', async () => {
    const view = (await load(file(content), options)).development()
    const { preprocess } = view.prepare(cut(view.targets(5).targets), { window: 5, scale: 'none' })
    const outputs = Float32Array.from({ length: 12 }, (_, i) => [5, 3, 4][i % 3]! + 10 * Math.floor(i / 3))
    const predictions = applyPreprocess(saved(preprocess), await readTable(file(content))).decode(outputs)
    expect(predictions.map(({ step, values, quantiles }) => ({ step, values, quantiles }))).toEqual([
      {
        step: 1,
        values: { y: 4, z: 14 },
        quantiles: { y: { '0.1': 3, '0.5': 4, '0.9': 5 }, z: { '0.1': 13, '0.5': 14, '0.9': 15 } },
      },
      {
        step: 2,
        values: { y: 24, z: 34 },
        quantiles: { y: { '0.1': 23, '0.5': 24, '0.9': 25 }, z: { '0.1': 33, '0.5': 34, '0.9': 35 } },
      },
    ])
  })

  test('are of numbers', async () => {
    const path = file(daily(100, { y: (day) => ['a', 'b'][day % 2]!, x: (day) => day % 9 }))
    expect(await errorOf(load(path, { target: 'y', quantiles: [0.5] }))).toMatchObject({
      code: 'RONDO_TASK_MISMATCH',
    })
  })
})
