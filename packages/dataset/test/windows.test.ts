import type { PreparedFold } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cut, daily, file, load, table } from './files.ts'

/** The inputs of one sample, as `[steps][features]`. */
const windowOf = ({ series, features, window }: PreparedFold, start: number) =>
  Array.from({ length: window }, (_, step) => [
    ...series.subarray((start + step) * features, (start + step + 1) * features),
  ])

const plain = { scale: 'none', targetTransform: 'level' }
const counting = file200()

function file200(): string {
  return daily(200, { y: (day) => day + 0.5 * (day % 2), x: (day) => 1000 + day + (day % 3) })
}

describe('a sample', () => {
  test('ends so many rows before its target row as the horizon is long, and shows nothing later', async () => {
    const path = file(counting)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 10 }),
        async (horizon, window, larger) => {
          const dataset = await load(path, { target: 'y', features: ['x'], horizon, seasons: [] })
          const view = dataset.development()
          const { targets } = view.targets(window + larger)
          const prepared = view.prepare(cut(targets), { ...plain, window })
          for (const [i, target] of prepared.validationTargets.entries()) {
            const inputs = windowOf(prepared, prepared.validationStarts[i]!)
            const last = target - horizon
            expect(inputs.map(([x]) => x)).toEqual(
              Array.from({ length: window }, (_, step) => {
                const day = last - window + 1 + step
                return 1000 + day + (day % 3)
              }),
            )
            const outputs = prepared.targets.subarray(target * horizon, (target + 1) * horizon)
            expect([...outputs]).toEqual(
              Array.from({ length: horizon }, (_, step) => last + 1 + step + 0.5 * ((last + 1 + step) % 2)),
            )
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  test('of every window size has the same scored rows, which start after the largest', async () => {
    const dataset = await load(file(counting), { target: 'y', seasons: [] })
    const view = dataset.development()
    const { targets } = view.targets(30)
    expect(targets[0]).toBe(30)
    const fold = cut(targets)
    const scored = [5, 12, 30].map((window) => view.prepare(fold, { ...plain, window }).validationTargets)
    expect(scored[0]).toEqual(scored[1])
    expect(scored[1]).toEqual(scored[2])
  })

  test('of a target in the same row, without a horizon, does not show the target', async () => {
    const dataset = await load(file(counting), { target: 'y', task: 'regress', horizon: 0 })
    expect(dataset.description.features).toEqual(['x'])
    const view = dataset.development()
    const prepared = view.prepare(cut(view.targets(3).targets), { ...plain, window: 3 })
    const target = prepared.trainTargets[0]!
    expect(prepared.trainStarts[0]! + 2).toBe(target)
    await expect(
      load(file(counting), { target: 'y', task: 'regress', horizon: 0, features: ['y'] }),
    ).rejects.toThrow(expect.objectContaining({ code: 'RONDO_TASK_MISMATCH' }))
  })

  test('knows the calendar of the row after each of its rows', async () => {
    const dataset = await load(file(counting), {
      target: 'y',
      features: ['x'],
      calendar: ['weekday', 'month'],
    })
    const { features } = dataset.description
    const { view, fold } = dataset.evaluation()
    const prepared = view.prepare(fold(7), { ...plain, window: 7 })
    for (const [i, target] of prepared.validationTargets.entries()) {
      const last = windowOf(prepared, prepared.validationStarts[i]!).at(-1)!
      const day = new Date(Date.UTC(2020, 0, 1 + target))
      const weekday = day.toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' })
      const hot = features.filter((name, f) => name !== 'x' && last[f] === 1)
      expect(hot).toEqual([`weekday=${weekday}`, `month=${day.getUTCMonth() + 1}`])
    }
  })
})

describe('the test rows', () => {
  test('cannot be seen by trials: other test rows change nothing in what they are given', async () => {
    const rows = 300
    const make = (value: (day: number) => number) =>
      load(file(daily(rows, { y: value, kind: (day) => ['a', 'b', 'c'][day % 3]! })), {
        target: 'y',
        calendar: true,
      })
    const wave = (day: number) => 10 * Math.sin(day / 5) + day
    const [one, other] = [await make(wave), await make((day) => (day >= 255 ? 1e6 : wave(day)))]
    expect(one.description.testRows).toBe(45)
    const prepared = [one, other].map((dataset) => {
      const view = dataset.development()
      return view.prepare(cut(view.targets(14).targets), { window: 14, targetTransform: 'difference-7' })
    })
    const bytes = prepared.map(({ series, targets, validationTargets, preprocess }) => ({
      series,
      targets,
      validationTargets,
      preprocess,
    }))
    expect(bytes[0]).toEqual(bytes[1])
    expect(prepared[0]!.series.length / prepared[0]!.features).toBe(rows - 45)
  })

  test('are at least two of the shortest season and the horizon', async () => {
    const { description } = await load(file(daily(60, { y: (day) => day % 7 })), { target: 'y', horizon: 3 })
    expect(description.testRows).toBe(17)
  })

  test('are all validated on by an evaluation, which trains on all others', async () => {
    const dataset = await load(file(counting), { target: 'y', horizon: 2, test: 40, seasons: [] })
    const { fold } = dataset.evaluation()
    const { train, validation } = fold(10)
    // The first whose two steps are both test rows is the second test row.
    expect([validation[0], validation.at(-1), validation.length]).toEqual([161, 199, 39])
    expect([train[0], train.at(-1)]).toEqual([11, 159])
  })
})

describe('scaling', () => {
  test('is fitted on the train rows of the fold alone', async () => {
    const dataset = await load(file(counting), { target: 'y', seasons: [] })
    const view = dataset.development()
    const fold = cut(view.targets(5).targets, 0.5)
    const { series, features, trainTargets } = view.prepare(fold, { window: 5, scale: 'standard' })
    for (let feature = 0; feature < features; feature++) {
      const values = [...trainTargets].map((row) => series[row * features + feature]!)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
      expect(mean).toBeCloseTo(0, 5)
      expect(variance).toBeCloseTo(1, 5)
    }
  })

  test('and every transform are undone in the score: the exact targets as outputs have no error', async () => {
    const path = file(
      daily(260, { y: (day) => 50 * Math.sin(day / 9) + (day % 7) - 20, z: (day) => (day * 37) % 101 }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('standard', 'minmax', 'robust', 'log1p', 'none'),
        fc.constantFrom('level', 'difference', 'difference-7', 'difference-3'),
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom('y', ['y', 'z']),
        async (scale, targetTransform, horizon, target) => {
          const dataset = await load(path, { target, horizon })
          const view = dataset.development()
          const prepared = view.prepare(cut(view.targets(9).targets), { window: 9, scale, targetTransform })
          const { outputs, targets, validationTargets } = prepared
          expect(outputs).toBe(horizon * (target === 'y' ? 1 : 2))
          const exact = new Float32Array(validationTargets.length * outputs)
          for (const [i, row] of validationTargets.entries()) {
            exact.set(targets.subarray(row * outputs, (row + 1) * outputs), i * outputs)
          }
          expect(prepared.score(exact).mae).toBeLessThan(1e-3)
          exact[0]! += 1
          expect(prepared.score(exact).mae).toBeGreaterThan(1e-3)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('a difference to the season predicts the season before where the output says no change', async () => {
    const dataset = await load(file(counting), { target: 'y', horizon: 10 })
    const view = dataset.development()
    const fold = cut(view.targets(7).targets)
    const prepared = view.prepare(fold, { window: 7, targetTransform: 'difference-7', scale: 'none' })
    const noChange = new Float32Array(prepared.validationTargets.length * 10)
    const seasonal = dataset.baselines(view, fold, 7).find(({ name }) => name === 'seasonal naive (7)')
    expect(prepared.score(noChange)).toEqual(seasonal!.metrics)
  })
})

describe('hyperparameters', () => {
  test('take what params leave open from the options', async () => {
    const dataset = await load(file(counting), {
      target: 'y',
      window: 11,
      scale: 'minmax',
      targetTransform: { season: 7 },
    })
    expect(dataset.hyperparameters).toEqual(['window', 'scale', 'targetTransform'])
    const view = dataset.development()
    const prepared = view.prepare(cut(view.targets(11).targets), {})
    expect(prepared.window).toBe(11)
    expect(prepared.preprocess).toMatchObject({ window: 11, form: { kind: 'difference', lag: 7 } })
  })

  test('without a window, in a space that has none, give every trial the default one', async () => {
    const dataset = await load(file(counting), { target: 'y', window: 12 })
    const view = dataset.development()
    const { targets, window } = view.targets(0)
    expect([targets[0], window]).toEqual([12, 12])
    expect(view.prepare(cut(targets), {}).trainTargets[0]).toBe(12)
    expect(dataset.evaluation().fold(0).train[0]).toBe(12)
    const scores = (window: number) =>
      dataset.baselines(view, cut(targets), window).map(({ metrics }) => metrics)
    expect(scores(0)).toEqual(scores(12))
  })

  test('that make no sense are refused by name', async () => {
    const view = (await load(file(counting), { target: 'y' })).development()
    const fold = cut(view.targets(11).targets)
    for (const params of [
      { window: 0 },
      { window: 2.5 },
      { scale: 'big' },
      { targetTransform: 'difference-0' },
    ]) {
      const [param] = Object.keys(params)
      expect(() => view.prepare(fold, params)).toThrow(
        expect.objectContaining({ code: 'RONDO_PARAMS_INVALID', place: { param } }),
      )
    }
  })

  test('windows longer than the data are refused with the number of rows', async () => {
    const view = (await load(file(counting), { target: 'y' })).development()
    expect(() => view.targets(500)).toThrow(
      expect.objectContaining({ code: 'RONDO_DATA_TOO_FEW_ROWS', value: 170 }),
    )
  })
})

describe('several series', () => {
  const panel = table(
    'store,date,y',
    ['north', 'south'].flatMap((store, s) =>
      Array.from({ length: 100 }, (_, day) => [
        store,
        new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
        1000 * s + day + (day % 2),
      ]),
    ),
  )

  test('are told apart: no window reaches from one into the other', async () => {
    const dataset = await load(file(panel), { target: 'y', id: 'store', seasons: [] })
    expect(dataset.description).toMatchObject({ task: 'forecast', rows: 200, testRows: 30, features: ['y'] })
    const view = dataset.development()
    const request = view.targets(10)
    expect([...new Set(request.groups)]).toEqual([0, 1])
    const prepared = view.prepare(cut(request.targets), { ...plain, window: 10 })
    const starts = [...prepared.trainStarts, ...prepared.validationStarts]
    for (const start of starts) {
      const stores = new Set(windowOf(prepared, start).map(([y]) => y! >= 1000))
      expect(stores.size).toBe(1)
    }
  })

  test('are found again when their rows are mixed', async () => {
    const [header, ...rows] = panel.trim().split('\n')
    const mixed = [header, ...rows.toSorted((a, b) => a.split(',')[1]!.localeCompare(b.split(',')[1]!))].join(
      '\n',
    )
    const prepared = await Promise.all(
      [panel, mixed].map(async (content) => {
        const view = (await load(file(content), { target: 'y', id: 'store', seasons: [] })).development()
        return view.prepare(cut(view.targets(10).targets), { window: 10 })
      }),
    )
    expect(prepared[0]!.series).toEqual(prepared[1]!.series)
  })
})

test('splitters are told how far inputs, lags and differences reach back, so that they can purge what overlaps', async () => {
  const reach = fc.integer({ min: 1, max: 30 })
  const content = file(daily(200, { y: (day) => (day * day) % 31 }))
  await fc.assert(
    fc.asyncProperty(
      reach,
      reach,
      reach,
      fc.integer({ min: 1, max: 4 }),
      async (window, lag, season, horizon) => {
        const dataset = await load(content, {
          target: 'y',
          horizon,
          lags: [lag],
          targetTransform: `difference-${season}`,
          test: 20,
        })
        const view = dataset.development()
        const { targets, window: told } = view.targets(window)
        expect(told).toBe(Math.max(window + lag - 1, season))
        // As many rows lie before the first target as its inputs need.
        expect(targets[0]).toBe(told + horizon - 1)
      },
    ),
    { numRuns: 25 },
  )
})
