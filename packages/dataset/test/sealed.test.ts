import type { Params } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CsvOptions } from '../src/index.ts'
import { cut, dayOf, file, load, table } from './files.ts'

/** What a row holds besides its place in time. */
type Values = readonly [y: number | '', x: number | '', kind: string, label: string]

const ROWS = 90
const TEST = 20
/** The last one stands in test rows alone. */
const KINDS = ['a', 'b', 'c', 'new']
const row = (day: number): Values => [
  day % 13 === 5 ? '' : Math.round(100 * Math.sin(day / 4)) / 10 + day / 9,
  day % 17 === 6 ? '' : (day * 37) % 23,
  KINDS[(day * 7) % 3]!,
  day % 5 === 0 ? 'yes' : 'no',
]

const value = fc.oneof(
  fc.constant('' as const),
  fc.double({ min: -1e30, max: 1e30, noNaN: true }),
  fc.integer({ min: -5, max: 5 }),
)
const testRows = fc.array(fc.tuple(value, value, fc.constantFrom(...KINDS), fc.constantFrom('yes', 'no')), {
  minLength: 2 * TEST,
  maxLength: 2 * TEST,
})

/** Two stores of 90 days, of which the last 20 are test rows with the values given. */
function panel(changed: readonly Values[], stores: number): string {
  const rows = Array.from({ length: stores }, (_, store) =>
    Array.from({ length: ROWS }, (_, day) => {
      const isTest = day >= ROWS - TEST
      const values = isTest ? changed[store * TEST + day - (ROWS - TEST)]! : row(day + 7 * store)
      return [`s${store}`, dayOf(day), ...values]
    }),
  )
  return table('store,date,y,x,kind,label', rows.flat())
}
const original = Array.from({ length: 2 * TEST }, (_, i) => row((i % TEST) + ROWS - TEST))

/** Without functions, which are compared by what they return. */
const dataOf = (fold: object) =>
  Object.fromEntries(Object.entries(fold).filter(([, part]) => typeof part !== 'function'))

/** Everything of a prepared fold that a trial can see, with what it is told of some outputs. */
async function seen(content: string, options: CsvOptions, params: Params) {
  const dataset = await load(file(content), { missing: 'ffill', test: TEST, seasons: [7], ...options })
  const view = dataset.development()
  const { targets, labels, groups } = view.targets(6)
  const prepared = view.prepare(cut(targets, 0.7), params)
  const { score, calibrate, evidence, validationTargets } = prepared
  const data = dataOf(prepared)
  const outputs = new Float32Array(validationTargets.length * prepared.outputs).map((_, i) => (i % 7) / 10)
  return {
    targets,
    labels,
    groups,
    data,
    score: score(outputs),
    calibrated: calibrate([evidence(outputs)]),
    baselines: dataset
      .baselines(view, cut(targets, 0.7), 6)
      .map(({ metrics, scored }) => ({ metrics, predicted: scored.predicted })),
    objective: dataset.objective,
  }
}

const forecast: CsvOptions = { target: 'y', calendar: true }
const cases: readonly (readonly [string, CsvOptions, Params, number])[] = [
  ['a forecast', forecast, {}, 1],
  ['robust scaling', forecast, { scale: 'robust' }, 1],
  ['minmax scaling and a difference', forecast, { scale: 'minmax', targetTransform: 'difference-7' }, 1],
  ['targets normalised by their window', { ...forecast, horizon: 3 }, { targetTransform: 'window' }, 1],
  ['missing values filled with means', { ...forecast, missing: 'mean' }, { scale: 'log1p' }, 1],
  ['rows with missing values dropped', { ...forecast, missing: 'drop', gaps: 'keep' }, {}, 1],
  ['inputs known ahead, and lags', { ...forecast, known: ['x', 'kind'], lags: [3], horizon: 2 }, {}, 1],
  ['several series, scaled each', { ...forecast, id: 'store', scaleBy: 'series' }, {}, 2],
  ['quantiles', { ...forecast, quantiles: [0.1, 0.5, 0.9] }, {}, 1],
  [
    'class weights and a threshold',
    { target: 'label', features: ['x', 'kind'], classWeights: 'balanced' },
    {},
    1,
  ],
]

describe('whatever the test rows hold, trials see the same bits', () => {
  test.each(cases)('%s', async (_, options, params, stores) => {
    const own = stores === 1 ? { ...options, features: options.features ?? ['y', 'x', 'kind'] } : options
    const all = { window: 6, ...params }
    // Where rows are dropped for what is missing, the test rows are the last of the others: none of them is missing.
    const filled = ([y, x, kind, label]: Values): Values =>
      own.missing === 'drop' ? [y || 0, x || 0, kind, label] : [y, x, kind, label]
    const usual = await seen(panel(original.map(filled), stores), own, all)
    await fc.assert(
      fc.asyncProperty(testRows, async (changed) => {
        expect(await seen(panel(changed.map(filled), stores), own, all)).toEqual(usual)
      }),
      { numRuns: 12 },
    )
  })

  test('sequences kept as test', async () => {
    const sequences = (change: (id: number, x: number) => number) =>
      table(
        'id,x,label',
        Array.from({ length: 40 }, (_, id) =>
          Array.from({ length: 3 + (id % 4) }, (_, step) => [
            id,
            change(id, step * (id % 3) + id / 50),
            id % 4 === 0 ? 'up' : 'down',
          ]),
        ).flat(),
      )
    const options: CsvOptions = { target: 'label', id: 'id', classWeights: 'balanced', test: 0.2 }
    const dataset = await load(file(sequences((_, x) => x)), options)
    const { view, fold } = dataset.evaluation()
    const { groups, targets } = view.targets(6)
    const sealed = new Set([...fold(6).validation].map((row) => groups![targets.indexOf(row)]!))
    expect(sealed.size).toBe(8)
    const prepared = async (content: string) => {
      const development = (await load(file(content), options)).development()
      return dataOf(development.prepare(cut(development.targets(6).targets), { window: 6 }))
    }
    const usual = await prepared(sequences((_, x) => x))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 40, maxLength: 40 }),
        async (values) => {
          expect(await prepared(sequences((id, x) => (sealed.has(id) ? values[id]! * (1 + x) : x)))).toEqual(
            usual,
          )
        },
      ),
      { numRuns: 12 },
    )
  })
})

test('the scales of a fold know its train rows alone, whatever its validation rows hold', async () => {
  const validation = fc.array(
    value.filter((v) => v !== ''),
    { minLength: 20, maxLength: 20 },
  )
  const prepare = async (values: readonly (number | '')[]) => {
    const rows = Array.from({ length: ROWS }, (_, day) => {
      const [y, x, kind] = row(day)
      const at = day - (ROWS - TEST - 20)
      return [dayOf(day), at >= 0 && at < 20 ? values[at]! : y, x, kind]
    })
    const options: CsvOptions = { target: 'y', missing: 'ffill', test: TEST, seasons: [] }
    const view = (await load(file(table('date,y,x,kind', rows)), options)).development()
    const all = view.targets(6).targets
    const fold = { train: all.filter((row) => row < 50), validation: all.filter((row) => row >= 50) }
    const { preprocess, trainTargets, targets } = view.prepare(fold, { window: 6, targetTransform: 'window' })
    return { preprocess, learned: [...trainTargets].map((row) => targets[row]) }
  }
  const usual = await prepare(Array.from({ length: 20 }, (_, i) => i))
  await fc.assert(
    fc.asyncProperty(validation, async (values) => {
      expect(await prepare(values)).toEqual(usual)
    }),
    { numRuns: 20 },
  )
})
